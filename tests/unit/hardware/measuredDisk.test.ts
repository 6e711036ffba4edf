import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bootMark } from "../../../electron/workbench/hardware/bootMark.ts";
import { measureDiskReads } from "../../../electron/workbench/hardware/measureDiskReads.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function fileOf(bytes: number): Promise<string> {
  const path = join(await temporaryFolder(), "model.gguf");
  await writeFile(path, "");
  await truncate(path, bytes);
  return path;
}

test.runIf(process.platform === "linux")("a disk's speed is that of a large file, read past the cache", async () => {
  // If the temporary folder's file system cannot be read past the cache, the error says so.
  const speed = await measureDiskReads(await fileOf(96 * 1024 ** 2)).catch((error: Error) => error.message);
  if (typeof speed === "string") expect(speed).toBe("The models' disk cannot be read past the file cache.");
  else expect(speed).toBeGreaterThan(1e6);
});

test.runIf(process.platform === "linux")("a small file or none tells nothing", async () => {
  await expect(measureDiskReads(await fileOf(1024 ** 2))).rejects.toThrow(/modelTooSmall|noDirectReads/);
  await expect(measureDiskReads(join(await temporaryFolder(), "none"))).rejects.toThrow("noDirectReads");
});

test.each(["darwin", "win32"] as const)("on %s nothing is read, and the reason is said", async (platform) => {
  await expect(measureDiskReads("/does/not/matter", platform)).rejects.toMatchObject({ why: "system" });
});

test("Linux's boot id identifies a boot; elsewhere its minute does, however long ago it was", async () => {
  const files = (id: string | null) => ({ text: () => Promise.resolve(id), names: () => Promise.resolve([]) });
  expect(await bootMark(files("3f1c"))).toBe("3f1c");
  const started = 1_700_000_040_000;
  const mark = (uptimeSeconds: number, startedAt = started) =>
    bootMark(files(null), startedAt + uptimeSeconds * 1000, uptimeSeconds);
  expect(await mark(5)).toBe("minute-28333334");
  expect(await mark(90_000)).toBe(await mark(5));
  expect(await mark(5, started + 120_000)).not.toBe(await mark(5));
});
