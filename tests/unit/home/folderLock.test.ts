import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FolderLock } from "../../../electron/workbench/downloads/FolderLock.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const blocked = expect.objectContaining({ code: "file-blocked" }) as unknown as Error;

test("a lock that is held is told from one that cannot be used", async () => {
  const folder = await temporaryFolder();
  const held = FolderLock.take(folder);
  expect(FolderLock.take(folder)).toBeNull();
  held?.release();
  await writeFile(join(folder, "lock"), "no database ".repeat(500));
  expect(() => FolderLock.take(folder)).toThrow(blocked);
});

test.skipIf(process.platform === "win32").each(["lock", "lock-journal", "lock-wal"])(
  "a pipe as %s is waited at by nobody",
  async (name) => {
    const folder = join(await temporaryFolder(), "benchmarks");
    await mkdir(folder);
    execFileSync("mkfifo", [join(folder, name)]);
    expect(() => FolderLock.take(folder)).toThrow(blocked);
  },
);
