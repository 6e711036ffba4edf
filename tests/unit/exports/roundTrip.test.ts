import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { countVotes } from "../../../electron/workbench/votes/countVotes.ts";
import { cutVote } from "../../../electron/workbench/votes/cutVote.ts";
import { fillStore } from "../../support/exports/fillStore.ts";
import { exportTo, importFrom, rowsOf } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

let folder: string;
let file: string;

function open(name: string): { store: ChatStore; home: string } {
  const home = join(folder, name);
  const store = new ChatStore(home);
  onTestFinished(() => store.close());
  return { store, home };
}

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, "chats.jsonl");
});

it("moves everything to another home, with equal hashes", async () => {
  const one = open("one");
  putAway(one.store, fillStore(one.store));
  expect(await exportTo(one.home, file)).toMatchObject({ chats: 3, messages: 8 });
  const other = open("other");
  const { imported, isComplete, titles, skipped } = await importFrom(file, other.store);
  expect(imported).toEqual({ chats: 3, messages: 8, skipped: 0, presets: [] });
  expect({ isComplete, skipped }).toEqual({ isComplete: true, skipped: [] });
  expect(titles).toHaveLength(3);
  catchUpAll(other.store);
  const rows = rowsOf(one.home);
  expect(rowsOf(other.home)).toEqual(rows);
  expect(rows.messages).toHaveLength(8);
  expect(rows.found).toHaveLength(2);
});

/** Puts chats into a folder and the archive. */
function putAway(store: ChatStore, [first = "", second = ""]: string[]): void {
  const { id: folderId } = store.createFolder({ name: "Ünder 文件夹" });
  store.moveChats({ chatIds: [first, second], folderId });
  store.archiveChats({ chatIds: [first], archived: true });
  store.configureChat({ chatId: second, searchesFolder: false });
}

it("makes the folders of chats, or uses one of the same name; undoing removes those that it made", async () => {
  const one = open("one");
  const ids = fillStore(one.store);
  putAway(one.store, ids);
  await exportTo(one.home, file);
  const { store } = open("other");
  const mine = store.createFolder({ name: "mine" }).id;
  const lines = readFileSync(file, "utf8").split("\n").slice(1, -2);
  store.stageChats({ lines });
  expect(store.readFolders().folders).toHaveLength(1);
  const chats = store.showStaged({ chats: null }).shown;
  const names = () => store.readFolders().folders.map(({ name }) => name);
  expect(names()).toEqual(["mine", "Ünder 文件夹"]);
  expect(store.readFolders().archived).toBe(1);
  store.undoImported({ chats });
  expect(names()).toEqual(["mine"]);
  while (store.catchUp()) expect(names()).toEqual(["mine"]);

  store.renameFolder({ folderId: mine, name: "ÜNDER 文件夹" });
  store.stageChats({ lines });
  store.showStaged({ chats: null });
  expect(names()).toEqual(["ÜNDER 文件夹"]);
  expect(store.listChats({ cursor: null, folderId: mine }).chats).toHaveLength(2);
});

it("moves folders without chats too, but only with all chats; undoing removes those that it made", async () => {
  const one = open("one");
  const [first = ""] = fillStore(one.store);
  one.store.createFolder({ name: "Empty" });
  const filled = one.store.createFolder({ name: "Filled" }).id;
  one.store.createFolder({ name: "Also here" });
  one.store.moveChats({ chatIds: [first], folderId: filled });
  // The chat that was in it is deleted, and can be restored.
  one.store.hideChats({ chatIds: [first] });
  await exportTo(one.home, file, { chatIds: one.store.chatIds() });
  expect(readFileSync(file, "utf8")).not.toContain('"folder","id"');
  await exportTo(one.home, file);
  const other = open("other");
  other.store.createFolder({ name: "ALSO here" });
  const found = await importFrom(file, other.store);
  const inFile = one.store.readFolders().folders.map(({ id, name }) => ({ id, name }));
  expect(found).toMatchObject({ folders: inFile, isComplete: true, imported: { chats: 2 } });
  const names = () => other.store.readFolders().folders.map(({ name }) => name);
  expect(names()).toEqual(["ALSO here", "Empty", "Filled"]);
  const [idOfEmpty] = one.store.readFolders().folders.map(({ id }) => id);
  expect(other.store.readFolders().folders[1]?.id).toBe(idOfEmpty);
  other.store.undoImported({ chats: [] });
  expect(names()).toEqual(["ALSO here"]);
});

it("moves folders and presets without any chat", async () => {
  const one = open("one");
  one.store.createFolder({ name: "Empty" });
  const presets = [{ id: "p1", name: "Prove it", text: "Prove {{claim}}.\u0000\ud800" }];
  await exportTo(one.home, file, { presets });
  const { imported, ...found } = await importFrom(file, open("other").store);
  expect(found).toMatchObject({ chats: 0, folders: [{ name: "Empty" }], presets, isComplete: true });
  expect(imported).toMatchObject({ chats: 0, presets });
});

it("is a line of JSON for each chat and message, with every field of a message", async () => {
  const { store, home } = open("one");
  const [plain] = fillStore(store);
  await exportTo(home, file, { chatIds: [plain ?? ""] });
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.map(({ type }) => type)).toEqual([undefined, "chat", ...Array<string>(6).fill("message"), "end"]);
  expect(records[0]).toMatchObject({ format: "r1-workbench-chats", version: 4, thoughts: true, chats: 1 });
  expect(records[3]).toMatchObject({ thought: "Hm, \uDFFF", text: "With **teeth**.", model: { name: "R1 Nano" } });
});

it("leaves thoughts out on request", async () => {
  const { store, home } = open("one");
  fillStore(store);
  await exportTo(home, file, { thoughts: false });
  expect(readFileSync(file, "utf8")).not.toContain('"thought":"');
});

it("skips chats that are here, or imports them as copies with ids of their own", async () => {
  const { store, home } = open("one");
  fillStore(store);
  await exportTo(home, file);
  const before = rowsOf(home);
  const again = await importFrom(file, store);
  expect(again).toMatchObject({ chats: 3, here: 3, imported: { chats: 0, messages: 0, skipped: 3 } });
  expect(rowsOf(home)).toEqual(before);

  expect((await importFrom(file, store, "copy")).imported).toMatchObject({ chats: 3, messages: 8, skipped: 0 });
  const { chats } = store.listChats({ cursor: null });
  expect(chats).toHaveLength(6);
  const copies = chats.filter(({ id }) => !before.chats.some((row) => (row as { id: string }).id === id));
  const settled = copies.find(({ pinned }) => pinned);
  const { chat, messages } = store.openChat({ chatId: settled?.id ?? "" });
  expect(chat.promptFrom).toBe(messages[0]?.id);
  expect(chat.edit?.messageId).toBe(messages[0]?.id);
  expect(rowsOf(home).messages).toHaveLength(16);
});

it("exports a reply that is being written as far as it is", async () => {
  const { store, home } = open("one");
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const { reply } = store.beginTurn({ chatId, text: "?", model: null });
  store.appendPieces({ messageId: reply.id, thought: "so far", answer: "The ans" });
  await exportTo(home, file);
  const other = open("other");
  await importFrom(file, other.store);
  const { messages } = other.store.openChat({ chatId });
  expect(messages[1]).toMatchObject({ state: "interrupted", thought: "so far", text: "The ans" });
});

it("keeps an unfinished import hidden, and the next start erases it", async () => {
  const one = open("one");
  fillStore(one.store);
  await exportTo(one.home, file);
  const home = join(folder, "other");
  const dying = new ChatStore(home);
  const lines = readFileSync(file, "utf8").split("\n").slice(1, 4);
  dying.stageChats({ lines });
  expect(dying.listChats({ cursor: null }).chats).toEqual([]);
  dying.close();
  const next = open("other");
  expect(next.store.chatIds()).toEqual([]);
  catchUpAll(next.store);
  expect(rowsOf(home).messages).toEqual([]);
});

it("undoes what was not changed since", async () => {
  const one = open("one");
  const [plain = "", settled = "", empty = ""] = fillStore(one.store);
  await exportTo(one.home, file);
  const { store } = open("other");
  store.stageChats({ lines: readFileSync(file, "utf8").split("\n").slice(1, -2) });
  const chats = store.showStaged({ chats: null }).shown;
  expect(chats.map(({ id }) => id).sort()).toEqual([plain, settled, empty].sort());
  store.saveDraft({ chatId: plain, draft: "new words" });
  expect(store.undoImported({ chats }).sort()).toEqual([settled, empty].sort());
  expect(store.listChats({ cursor: null }).chats.map(({ id }) => id)).toEqual([plain]);
  catchUpAll(store);
  expect(store.chatIds()).toEqual([plain]);
  expect(store.searchChats({ query: "quokka", cursor: null }).hits).toHaveLength(1);
  expect(store.searchChats({ query: "ÉTÉ", cursor: null }).hits).toEqual([]);
});

it("refuses a file that changed between the preview and the import, and stores nothing", async () => {
  const one = open("one");
  fillStore(one.store);
  await exportTo(one.home, file);
  const { store } = open("other");
  const lines = readFileSync(file, "utf8").split("\n");
  const change = (): void => writeFileSync(file, lines.slice(0, 2).join("\n"));
  await expect(importFrom(file, store, "skip", change)).rejects.toMatchObject({ code: "import-changed" });
  expect(store.listChats({ cursor: null }).chats).toEqual([]);
});

it("keeps what answers were asked for, in a copy too, so that a vote that was cut can go on there", async () => {
  const { store, home } = open("one");
  const named = { id: "nano", name: "R1 Nano" };
  const asked = { kind: "vote", answers: 5 } as const;
  const { id: chatId } = store.createChat({ thinking: "on", modelId: "nano" });
  const { reply } = store.beginTurn({ chatId, text: "How many?", model: { ...named, asked } });
  const model = { ...named, seed: 7, asked };
  store.finishReply({
    messageId: reply.id,
    text: "3",
    thought: null,
    state: "done",
    stats: null,
    problem: null,
    model,
  });
  // This one is being written.
  store.beginVersion({ messageId: reply.id, model: { ...named, asked } });
  await exportTo(home, file);
  const other = open("other").store;
  for (const here of ["skip", "copy"] as const) await importFrom(file, other, here);
  const { chats } = other.listChats({ cursor: null });
  expect(chats).toHaveLength(2);
  for (const chat of chats) {
    const { version } = other.openChat({ chatId: chat.id }).messages.at(-1) ?? { version: { ids: [] } };
    const versions = version.ids.map((messageId) => other.readMessage({ messageId }));
    expect(versions.map((each) => [each.state, each.model])).toEqual([
      ["done", model],
      ["interrupted", { ...named, asked }],
    ]);
    expect(cutVote(versions, countVotes("question", versions))).toMatchObject({ state: "cut", done: 1, wanted: 5 });
  }
});
