import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { eraseEncrypted } from "../../../electron/workbench/chatLock/switchStore.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const key = "0".repeat(64);
const plainText = "SQLite format 3\0 and the rest";
const encryptedText = "salt and encrypted pages";

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
  for (const folder of ["store", "backups"]) mkdirSync(join(home, folder));
});

const put = (path: string, text: string): void => writeFileSync(join(home, path), text);
const filesIn = (folder: string): string[] => readdirSync(join(home, folder)).toSorted();

describe("erasing chats that nobody can open", () => {
  const plainBackup = "2026-01-02T03-04-05.678Z-day.db";
  const encryptedBackup = "2026-01-03T03-04-05.678Z-day.db";
  const plainStore = ["chats.db", "chats.db-wal", "chats.db.converting", "chats.db.mended", "chats.db.mending"];

  beforeEach(() => {
    for (const name of plainStore) put(join("store", name), plainText);
    for (const name of plainStore) put(join("store", name.replace("chats", "chats-encrypted")), encryptedText);
    put(join("backups", plainBackup), plainText);
    put(join("backups", encryptedBackup), encryptedText);
  });

  it("leaves what is not encrypted, which an earlier version of the app may have written", () => {
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: false });
    expect(filesIn("store")).toEqual(plainStore);
    expect(filesIn("backups")).toEqual([plainBackup]);
  });

  it("erases that too if it is a rest of the same chats", () => {
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: true });
    expect(filesIn("store")).toEqual([]);
    expect(filesIn("backups")).toEqual([]);
  });
});
