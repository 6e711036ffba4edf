import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backUp } from "../../../electron/workbench/backups/backUp.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const mostInStep = 100;
const longText = "quagga ".repeat(1000);

let home: string;
let store: ChatStore;
let path: string;
let raw: DatabaseSyncInstance;

beforeEach(async () => {
  home = await temporaryFolder();
  path = join(home, "store", "chats.db");
  store = new ChatStore(home);
  raw = new DatabaseSync(path);
});
afterEach(() => {
  raw.close();
  store.close();
});

const count = (sql: string): number => Number(Object.values(raw.prepare(sql).get() ?? {})[0]);
const messages = (): number => count("SELECT count(*) FROM messages");
const holds = (file: string, word: string): boolean => readFileSync(file).includes(word);
const onDisk = (word: string): boolean => [path, `${path}-wal`].some((file) => holds(file, word));
const chats = (title: string, many: number, turns: number, padding = ""): string[] =>
  Array.from({ length: many }, (_, index) => addAnsweredChat(store, `${title} ${index}`, turns, padding));
/** The search index has exactly the words of the messages. */
const expectWholeIndex = (): void =>
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");

test("purged chats are gone for everyone at once, and from the disk in small steps", () => {
  const [kept = ""] = chats("kept okapi", 1, 3);
  const chatIds = chats("gone quagga", 25, 3, longText);
  store.purgeChats({ chatIds });
  expect(messages()).toBe(6 + 25 * 6);
  expect(store.chatIds()).toEqual([kept]);
  expect(store.listChats({ cursor: null }).chats.map(({ id }) => id)).toEqual([kept]);
  expect(foundChats(store, "quagga")).toEqual([]);
  for (const chatId of chatIds.slice(0, 2)) {
    expect(() => store.restoreChats({ chatIds: [chatId] })).toThrow("chat-not-found");
    expect(() => store.saveDraft({ chatId, draft: "late" })).toThrow("chat-not-found");
    expect(() => store.saveEdit({ chatId, edit: null })).toThrow("chat-not-found");
  }
  let before = messages();
  while (store.catchUp()) {
    expect(before - messages()).toBeLessThanOrEqual(mostInStep);
    before = messages();
    expect(foundChats(store, "okapi")).toEqual([kept]);
  }
  expect(messages()).toBe(6);
  expect(onDisk("quagga")).toBe(false);
  expect(onDisk("gga")).toBe(false);
  expect(foundChats(store, "okapi")).toEqual([kept]);
  expectWholeIndex();
});

test("a long chat is erased in small steps too, whatever its shape", () => {
  const [chatId = ""] = chats("gone quagga", 1, 60);
  const [, question] = store.openChat({ chatId, at: null }).messages;
  if (question?.role === "user") store.beginEdit({ messageId: question.id, text: "other quagga", model: null });
  store.purgeChats({ chatIds: [chatId] });
  let before = messages();
  while (store.catchUp()) {
    expect(before - messages()).toBeLessThanOrEqual(mostInStep);
    before = messages();
  }
  expect([messages(), count("SELECT count(*) FROM chats"), count("SELECT count(*) FROM pieces")]).toEqual([0, 0, 0]);
  expect(onDisk("gga")).toBe(false);
  expectWholeIndex();
});

test("the next start continues, wherever the last one ended, and does not erase before it opens", () => {
  const [kept = ""] = chats("kept okapi", 1, 3);
  const chatIds = chats("gone quagga", 12, 3, longText);
  store.purgeChats({ chatIds });
  let starts = 0;
  for (let isLeft = true; isLeft; starts++) {
    const before = messages();
    store.close();
    store = new ChatStore(home);
    expect(messages()).toBe(before);
    expect(store.chatIds()).toEqual([kept]);
    isLeft = store.catchUp();
  }
  expect(starts).toBeGreaterThan(12);
  expect(messages()).toBe(6);
  expect(onDisk("gga")).toBe(false);
  expect(count("SELECT v FROM messageSearch_config WHERE k = 'secure-delete'")).toBe(1);
  expectWholeIndex();
});

test("chats that a dead process had hidden are marked by the next start and erased afterwards", () => {
  const chatIds = chats("gone quagga", 3, 2, longText);
  store.hideChats({ chatIds });
  store.close();
  store = new ChatStore(home);
  expect(messages()).toBe(12);
  expect(store.chatIds()).toEqual([]);
  expect(() => store.restoreChats({ chatIds })).toThrow("chat-not-found");
  catchUpAll(store);
  expect(messages()).toBe(0);
  expect(onDisk("gga")).toBe(false);
});

test("what another process left to erase is found while this one runs", () => {
  const chatIds = chats("gone quagga", 3, 2);
  expect(store.changedElsewhere()).toBe(false);
  const other = new ChatStore(home);
  other.purgeChats({ chatIds });
  other.close();
  expect(store.changedElsewhere()).toBe(true);
  catchUpAll(store);
  expect(messages()).toBe(0);
});

test("a small deletion in a large index removes the words of its messages only", () => {
  chats("kept okapi", 6, 10, Array.from({ length: 150 }, (_, index) => (index * 7919).toString(36)).join(" "));
  const chatIds = chats("gone quagga", 1, 1);
  store.purgeChats({ chatIds });
  store.catchUp();
  expect(count("SELECT v FROM messageSearch_config WHERE k = 'secure-delete'")).toBe(1);
  catchUpAll(store);
  expect(onDisk("gga")).toBe(false);
  expectWholeIndex();
});

test("nothing is left to do after everything was erased", () => {
  chats("gone quagga", 5, 6, longText);
  store.purgeChats({ chatIds: store.chatIds().slice(0, 2) });
  store.catchUp();
  store.eraseAllChats();
  expect(store.catchUp()).toBe(false);
  expect([messages(), onDisk("gga")]).toEqual([0, false]);
  const [chatId] = chats("new okapi", 1, 2);
  expect(foundChats(store, "okapi")).toEqual([chatId]);
  expect(() => raw.prepare("DELETE FROM chats").run()).not.toThrow();
  expect(messages()).toBe(0);
  expectWholeIndex();
});

test("a backup has nothing of what is being erased, nor of words that are left in the index", () => {
  const [kept = ""] = chats("kept okapi", 1, 3);
  store.purgeChats({ chatIds: chats("gone quagga", 10, 3, longText) });
  const copy = (at: number): string =>
    join(home, "backups", `${backUp(raw, { home, key: null, reason: "asked", now: new Date(at) })}.db`);
  const early = copy(0);
  while (messages() > 6) store.catchUp();
  expect(count("SELECT v FROM messageSearch_config WHERE k = 'secure-delete'")).toBe(0);
  for (const file of [early, copy(1000)]) {
    expect(holds(file, "gga")).toBe(false);
    const backup = new DatabaseSync(file, { readOnly: true });
    expect(backup.prepare("SELECT id FROM chats").all()).toEqual([{ id: kept }]);
    backup.close();
  }
});
