import { existsSync, linkSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { overwriteFile } from "../../../electron/workbench/chatLock/overwriteFile.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

test("a file is overwritten and deleted; one that is not there is left out", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "chats.db");
  writeFileSync(path, "words");
  // Another name of the same file shows what is on the disk.
  linkSync(path, join(folder, "other name"));
  overwriteFile(path);
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(join(folder, "other name"))).toEqual(Buffer.alloc(5));
  overwriteFile(path);
});

test.skipIf(process.platform === "win32")("a link is deleted, and its target stays as it is", async () => {
  const folder = await temporaryFolder();
  const [target, path] = [join(folder, "target"), join(folder, "chats.db")];
  writeFileSync(target, "not ours");
  symlinkSync(target, path);
  overwriteFile(path);
  expect(readFileSync(target, "utf8")).toBe("not ours");
  expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined();
});
