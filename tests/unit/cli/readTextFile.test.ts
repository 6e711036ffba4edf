import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTextFile } from "../../../electron/cli/readText.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const failing = (code: string) => expect.objectContaining({ code }) as unknown as Error;

test("a text file is read completely; one that is too large or has no end is not read", async () => {
  const path = join(await temporaryFolder(), "messages.json");
  await writeFile(path, "Grüße ".repeat(50_000));
  expect(await readTextFile(path)).toBe("Grüße ".repeat(50_000));
  await truncate(path, 10_000_000_000);
  await expect(readTextFile(path)).rejects.toThrow(failing("prompt-too-long"));
  await expect(readTextFile(join(path, "below"))).rejects.toThrow(failing("usage"));
});

test.skipIf(process.platform === "win32")("an endless device is too large", async () => {
  await expect(readTextFile("/dev/zero")).rejects.toThrow(failing("prompt-too-long"));
});

test("an aborted read is empty", async () => {
  const path = join(await temporaryFolder(), "messages.json");
  await writeFile(path, "x");
  expect(await readTextFile(path, AbortSignal.abort())).toBe("");
});
