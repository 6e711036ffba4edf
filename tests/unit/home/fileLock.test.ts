import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FileLock } from "../../../electron/workbench/home/FileLock.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const blocked = expect.objectContaining({ code: "file-blocked" }) as unknown as Error;

test("a lock that is held is distinguished from one that cannot be used", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "lock");
  const held = FileLock.take(path);
  expect(FileLock.take(path)).toBeNull();
  held?.release();
  FileLock.take(path)?.release();
  await writeFile(path, "no database ".repeat(500));
  expect(() => FileLock.take(path)).toThrow(blocked);
});

test.skipIf(process.platform === "win32").each(["lock", "lock-journal", "lock-wal"])(
  "a pipe as %s does not make anything wait",
  async (name) => {
    const folder = join(await temporaryFolder(), "benchmarks");
    await mkdir(folder);
    execFileSync("mkfifo", [join(folder, name)]);
    expect(() => FileLock.take(join(folder, "lock"))).toThrow(blocked);
  },
);
