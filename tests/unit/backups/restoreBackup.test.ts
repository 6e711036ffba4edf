import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BackupShelf } from "../../../electron/workbench/backups/BackupShelf.ts";
import { backupId, listBackupFiles } from "../../../electron/workbench/backups/backupFiles.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { newestSchema } from "../../../electron/workbench/chats/migrations.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { storedRows } from "../../support/chats/storedRows.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

let home: string;
let store: ChatStore;
let shelf: BackupShelf;
beforeEach(async () => {
  home = await temporaryFolder();
  store = new ChatStore(home);
  shelf = new BackupShelf(home);
});
afterEach(() => store.close());

const path = (): string => join(home, "store", "chats.db");
const titles = (): string[] => store.listChats({ cursor: null }).chats.map(({ title }) => title);
const refusal = (which: string) =>
  expect.objectContaining({ code: "backup-not-restored", facts: { case: which } }) as Error;

test("a backup is private, complete and listed with what it holds", () => {
  addAnsweredChat(store, "one", 3);
  const id = shelf.make({ reason: "asked" });
  expect(readdirSync(join(home, "backups"))).toEqual([`${id}.db`]);
  if (process.platform !== "win32") {
    expect(statSync(join(home, "backups")).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, "backups", `${id}.db`)).mode & 0o777).toBe(0o600);
  }
  expect(storedRows(join(home, "backups", `${id}.db`))).toEqual(storedRows(path()));
  const [backup, ...others] = shelf.list().backups;
  expect(others).toEqual([]);
  expect(backup).toMatchObject({ id, reason: "asked", contents: { chats: 1, messages: 6 } });
  expect(backup?.contents?.newestAt).toBeGreaterThan(Date.now() - 60_000);
  expect(readdirSync(join(home, "backups"))).toEqual([`${id}.db`]);
});

test("restoring and undoing it bring back every row as it was, and search finds what is there", async () => {
  addAnsweredChat(store, "yesterday", 5);
  store.saveDraft({ chatId: null, draft: "half a thought" });
  const first = shelf.make({ reason: "day" });
  const yesterday = storedRows(path());
  const chatId = addAnsweredChat(store, "today", 5, "x".repeat(9000));
  store.purgeChats({
    chatIds: [store.listChats({ cursor: null }).chats.find(({ title }) => title === "yesterday")?.id ?? ""],
  });
  catchUpAll(store);
  store.saveDraft({ chatId, draft: "more" });
  const today = storedRows(path());
  const undo = shelf.make({ reason: "restore" });

  await store.restoreBackup({ backupId: first ?? "" });
  expect(storedRows(path())).toEqual(yesterday);
  expect(titles()).toEqual(["yesterday"]);
  expect(foundChats(store, "today")).toEqual([]);
  expect(foundChats(store, "yesterday")).toHaveLength(1);
  addAnsweredChat(store, "written after the restore");

  await store.restoreBackup({ backupId: undo ?? "" });
  expect(storedRows(path())).toEqual(today);
  expect(titles()).toEqual(["today"]);
  store.close();
  const raw = new DatabaseSync(path());
  expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  expect(raw.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  raw.close();
  store = new ChatStore(home);
  expect(store.notice).toBeNull();
  expect(readdirSync(join(home, "backups")).filter((name) => !name.endsWith(".db"))).toEqual([]);
});

test("another process that has the store open sees the restored chats and goes on writing", async () => {
  addAnsweredChat(store, "kept");
  const id = shelf.make({ reason: "day" });
  addAnsweredChat(store, "later");
  const beside = new ChatStore(home);
  await store.restoreBackup({ backupId: id ?? "" });
  expect(beside.changedElsewhere()).toBe(true);
  expect(beside.listChats({ cursor: null }).chats.map(({ title }) => title)).toEqual(["kept"]);
  addAnsweredChat(beside, "by the other");
  expect(titles()).toEqual(["by the other", "kept"]);
  beside.close();
});

test("a backup that is gone, damaged, empty or from a newer app is refused, and nothing changes", async () => {
  addAnsweredChat(store, "kept", 30);
  const was = storedRows(path());
  await expect(store.restoreBackup({ backupId: "../store/chats" })).rejects.toThrow(refusal("gone"));
  const id = shelf.make({ reason: "day" }) ?? "";
  const good = readFileSync(join(home, "backups", `${id}.db`));
  const put = (bytes: Buffer): string => {
    const other = backupId(new Date(Date.now() + 1000), "asked");
    writeFileSync(join(home, "backups", `${other}.db`), bytes);
    return other;
  };
  await expect(store.restoreBackup({ backupId: put(Buffer.from("no database ".repeat(900))) })).rejects.toThrow(
    refusal("damaged"),
  );
  await expect(store.restoreBackup({ backupId: put(Buffer.alloc(0)) })).rejects.toThrow(refusal("damaged"));
  await expect(store.restoreBackup({ backupId: put(good.subarray(0, 20_000)) })).rejects.toThrow(refusal("damaged"));
  const newer = put(good);
  const raw = new DatabaseSync(join(home, "backups", `${newer}.db`));
  raw.exec(`PRAGMA user_version = ${newestSchema + 1}`);
  raw.close();
  await expect(store.restoreBackup({ backupId: newer })).rejects.toThrow(refusal("newer"));
  expect(storedRows(path())).toEqual(was);
  expect(readdirSync(join(home, "backups")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  truncateSync(join(home, "backups", `${newer}.db`), 100);
  expect(shelf.list().backups[0]).toMatchObject({ id: newer, contents: null });
});

test("a backup that cannot be made leaves the others as they are, and nothing unfinished", () => {
  addAnsweredChat(store, "one");
  const id = shelf.make({ reason: "day" });
  writeFileSync(path(), Buffer.alloc(statSync(path()).size, 7));
  expect(() => shelf.make({ reason: "asked" })).toThrow();
  expect(readdirSync(join(home, "backups"))).toEqual([`${id}.db`]);
  shelf.deleteAll();
  expect(listBackupFiles(home)).toEqual([]);
});

test("there is nothing to back up in a new home", async () => {
  const empty = join(await temporaryFolder(), "home");
  mkdirSync(empty);
  expect(new BackupShelf(empty).make({ reason: "day" })).toBeNull();
  expect(readdirSync(empty)).toEqual([]);
});
