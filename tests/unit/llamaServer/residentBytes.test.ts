import { expect, test } from "vitest";
import { residentBytes } from "../../../electron/workbench/llamaServer/residentBytes.ts";

const noFiles = { text: async () => null, names: async () => [] };
const tool = (output: string | null) => async () => output;

test("on Linux, this process has memory, and one that has ended has none", async () => {
  if (process.platform === "linux") expect(await residentBytes(process.pid)).toBeGreaterThan(1_000_000);
  expect(await residentBytes(2 ** 30, "linux")).toBeNull();
});

test("on macOS, ps says it", async () => {
  expect(await residentBytes(7, "darwin", noFiles, tool("  12345\n"))).toBe(12_345 * 1024);
  expect(await residentBytes(7, "darwin", noFiles, tool(""))).toBeNull();
  expect(await residentBytes(7, "darwin", noFiles, tool(null))).toBeNull();
});

test.each([
  ['"llama-server.exe","7","Console","1","12,345 K"\r\n', 12_345],
  ['"llama-server.exe","7","Console","1","12.345 K"\r\n', 12_345],
  ['"llama-server.exe","7","Console","1","12 345 K"\r\n', 12_345],
  ["INFO: No tasks are running which match the specified criteria.\r\n", null],
])("on Windows, tasklist says it: %s", async (output, kibibytes) => {
  const expected = kibibytes === null ? null : kibibytes * 1024;
  expect(await residentBytes(7, "win32", noFiles, tool(output))).toBe(expected);
});
