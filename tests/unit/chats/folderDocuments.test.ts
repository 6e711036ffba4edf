import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { OfQuestion } from "../../../electron/workbench/chats/passages/DocumentPassages.ts";
import { numberedPassages } from "../../../electron/workbench/documents/numberedPassages.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";
import { askDocuments, findPassages } from "../../support/chats/askDocuments.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { storesIn } from "../../support/chats/storesIn.ts";
import { readText } from "../../support/documents/readText.ts";
import { exportTo, importFrom } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const path = "/home/ada/secret place";

let home: string;
let store: ChatStore;
let folderId: string;
const { open, close } = storesIn(() => home);
afterEach(close);
beforeEach(async () => {
  home = await temporaryFolder();
  store = open("one");
  folderId = store.createFolder({ name: "Rules" }).id;
  store.documents.chooseFolderSource({ folderId, path });
});

/** A chat in the folder. */
function newChat(): string {
  const { id } = store.createChat({ thinking: "on", modelId: null });
  store.moveChats({ chatIds: [id], folderId });
  return id;
}
function put(place: string, text: string, version = "1"): void {
  const name = place.slice(place.lastIndexOf("/") + 1);
  store.documents.addFolderDocument({ folder: { folderId, place, version }, name, document: readText(text) });
}
function indexAll(): void {
  for (;;) {
    const { indexed, documents } = store.documents.indexFolder({ folderId });
    if (indexed === documents) return;
  }
}
const find = (question: OfQuestion) => findPassages(store, question);
function ask(chatId: string, text: string, attachmentIds: string[] = [], most = 20) {
  indexAll();
  return askDocuments(store, { chatId, text, attachmentIds }, most);
}
const onDisk = (word: string): boolean =>
  ["chats.db", "chats.db-wal"].some((file) => readFileSync(join(home, "one", "store", file)).includes(word));

describe("the documents of a chat’s folder", () => {
  it("are searched for each question, and the message keeps what was found", () => {
    put("a/fees.md", "The fee is nine crowns.");
    put("b/hours.md", "The office opens at seven.");
    const chatId = newChat();
    const { history, prompt } = ask(chatId, "When does the office open?", [], 1);
    expect(prompt[0]?.content).toContain("[passage 1 begin]\n[hours.md]\nThe office opens at seven.\n");
    expect(prompt[0]?.content).not.toContain("crowns");
    expect(history[0]?.attachments).toMatchObject([{ name: "hours.md", use: "search", ofFolder: true }]);
    expect(store.documents.draftAttachments({ chatId })).toEqual([]);
    const second = ask(chatId, "And the fee?", [], 1);
    expect(second.history.at(-1)?.attachments).toMatchObject([{ name: "fees.md", passages: [{ number: 2 }] }]);
    // Nothing is in the way of a question about something else.
    expect(ask(chatId, "Thank you!").history.at(-1)?.attachments).toBeUndefined();
    expect(find({ chatId, text: "zebra", attachmentIds: [] }).newNames).toEqual([]);
  });

  it("are not searched in other chats, when that is switched off, or when the folder is removed", () => {
    put("fees.md", "The fee is nine crowns.");
    const chatId = newChat();
    const elsewhere = store.createChat({ thinking: "on", modelId: null }).id;
    expect(ask(elsewhere, "The fee?").history[0]?.attachments).toBeUndefined();
    expect(store.configureChat({ chatId, searchesFolder: false }).searchesFolder).toBe(false);
    expect(store.documents.searchedFolder({ chatId })).toBeNull();
    expect(ask(chatId, "The fee?").history[0]?.attachments).toBeUndefined();
    store.configureChat({ chatId, searchesFolder: true });
    ask(chatId, "The fee?");
    store.documents.removeFolderSource({ folderId });
    expect(store.documents.searchedFolder({ chatId })).toBeNull();
    // What was sent stays; the rest is erased.
    const { messages, files, chat } = store.readBranch({ chatId });
    expect(promptMessages(chat, messages, files).at(-2)?.content).toContain("nine crowns");
  });

  it("are ranked beside attached documents in turns, and numbered in one row", () => {
    put("a.md", "The fee is nine crowns.");
    put("b.md", "Another fee is two crowns.");
    const chatId = newChat();
    const { id } = store.documents.addDocument({ chatId, name: "mine.txt", document: readText("My fee is low.") });
    store.documents.changeAttachment({ attachmentId: id, use: "search" });
    const { history } = ask(chatId, "Which fee?", [id]);
    const sent = history[0]?.attachments ?? [];
    expect(sent.map(({ name, passages }) => [name, passages.map(({ number }) => number)])).toEqual([
      ["mine.txt", [1]],
      [sent[1]?.name, [2]],
      [sent[2]?.name, [3]],
    ]);
  });

  it("are searched anew when a question is changed, as the folder is then", () => {
    put("fees.md", "The fee is nine crowns.");
    const chatId = newChat();
    const { history } = ask(chatId, "The fee?");
    const messageId = history[0]?.id ?? "";
    put("fees.md", "The fee is ten crowns.", "2");
    indexAll();
    const text = "What is the fee?";
    const passages = numberedPassages(find({ chatId, edited: messageId, text, attachmentIds: [] }), [], 20);
    const edited = store.beginEdit({ messageId, text, model: null, passages, searchesAgain: true });
    const prompt = promptMessages(edited.chat, edited.history, edited.files);
    expect(prompt[0]?.content).toContain("ten crowns");
    expect(prompt[0]?.content).not.toContain("nine crowns");
    expect(edited.history[0]?.attachments).toHaveLength(1);
  });

  it("that have changed are found as they are now, and what nothing has any more is erased", () => {
    put("a.md", "An old numbat.");
    put("b.md", "An old quokka.");
    const chatId = newChat();
    ask(chatId, "A quokka?");
    put("a.md", "A new okapi.", "2");
    put("b.md", "A new okapi too.", "2");
    store.documents.noteFolderFiles({ folderId, refused: [{ place: "c.pdf", version: "1", problem: "scanned" }] });
    indexAll();
    expect(find({ chatId, text: "numbat", attachmentIds: [] }).passages).toEqual([]);
    expect(find({ chatId, text: "okapi", attachmentIds: [] }).passages).toHaveLength(2);
    catchUpAll(store);
    expect(onDisk("numbat")).toBe(false);
    // A message was sent with it.
    expect(onDisk("old quokka")).toBe(true);
    store.documents.noteFolderFiles({ folderId, gone: ["b.md"] });
    expect(store.documents.folderFiles({ folderId }).map(({ place, problem }) => [place, problem])).toEqual([
      ["a.md", null],
      ["c.pdf", "scanned"],
    ]);
  });

  it("stay searchable while chats are deleted, and need no second indexing", () => {
    put("a.md", "A numbat.");
    const chatId = newChat();
    indexAll();
    store.purgeChats({ chatIds: [newChat()] });
    expect(find({ chatId, text: "numbat", attachmentIds: [] }).passages).toHaveLength(1);
  });

  it("leave nothing on the disk once the folder is removed, the chat folder deleted or all chats erased", () => {
    for (const forget of [
      () => store.documents.removeFolderSource({ folderId }),
      () => store.deleteFolder({ folderId }),
      () => store.eraseAllChats(),
    ]) {
      if (store.readFolders().folders.length === 0) folderId = store.createFolder({ name: "Again" }).id;
      store.documents.chooseFolderSource({ folderId, path });
      put("a.md", "numbat ".repeat(50));
      expect(onDisk("numbat")).toBe(true);
      forget();
      catchUpAll(store);
      expect(onDisk("numbat")).toBe(false);
      expect(onDisk("secret place")).toBe(false);
      expect(store.documents.folderSources()).toEqual([]);
    }
  });

  it("are read again if the chat folder gets another folder of the disk, and kept if it is the same", () => {
    put("a.md", "A numbat.");
    store.documents.chooseFolderSource({ folderId, path });
    expect(store.documents.folderFiles({ folderId })).toHaveLength(1);
    store.documents.chooseFolderSource({ folderId, path: "/other" });
    expect(store.documents.folderFiles({ folderId })).toEqual([]);
    expect(() => store.documents.chooseFolderSource({ folderId: "none", path })).toThrow("chat-folder-not-found");
    store.documents.removeFolderSource({ folderId });
    expect(() => put("a.md", "Too late.")).toThrow("chat-folder-not-found");
    expect(store.documents.folderSources()).toEqual([]);
  });

  it("are dropped with a damaged place, which is no file’s", () => {
    put("a.md", "A numbat.");
    put("b.md", "A quokka.");
    close();
    const raw = new DatabaseSync(join(home, "one", "store", "chats.db"));
    raw.exec(`UPDATE folderDocuments SET place = 'no JSON' WHERE place = '"a.md"'`);
    raw.close();
    store = open("one");
    expect(store.documents.folderFiles({ folderId }).map(({ place }) => place)).toEqual(["", "b.md"]);
    store.documents.noteFolderFiles({ folderId, gone: [""] });
    expect(store.documents.folderFiles({ folderId }).map(({ place }) => place)).toEqual(["b.md"]);
    catchUpAll(store);
    expect(onDisk("numbat")).toBe(false);
  });

  it("stay if an import is undone that made their chat folder", () => {
    const other = open("other");
    other.stageChats({ lines: [JSON.stringify({ type: "folder", id: "made", name: "Made" })] });
    other.showStaged({ chats: null });
    other.documents.chooseFolderSource({ folderId: "made", path });
    other.undoImported({ chats: [] });
    expect(other.documents.folderSources()).toEqual([{ folderId: "made", path }]);
    other.documents.removeFolderSource({ folderId: "made" });
    other.undoImported({ chats: [] });
    expect(other.readFolders().folders).toEqual([]);
  });

  it("go with a branch, and with an export as far as a message has them, but the folder’s path does not", async () => {
    put("fees.md", "The fee is nine crowns.");
    put("other.md", "A numbat.");
    const chatId = newChat();
    const { reply, prompt } = ask(chatId, "The fee?");
    const branch = store.readBranch({ chatId: store.branchChat({ messageId: reply.id, title: "b" }).id });
    expect(promptMessages(branch.chat, branch.messages, branch.files)[0]).toEqual(prompt[0]);
    for (const format of ["json", "markdown", "html"] as const) {
      const file = join(home, `chats.${format}`);
      await exportTo(join(home, "one"), file, { format });
      const written = readFileSync(file, "utf8");
      expect(written).toContain("nine crowns");
      expect(written).not.toContain("secret place");
      expect(written).not.toContain("numbat");
    }
    const other = open("other");
    await importFrom(join(home, "chats.json"), other);
    const { chat, messages, files } = other.readBranch({ chatId });
    // A changed question is searched for in the folder that the chat has then, and not in these documents too.
    expect(messages[0]?.attachments).toMatchObject([{ name: "fees.md", ofFolder: true }]);
    expect(chat.searchesFolder).toBe(true);
    expect(promptMessages(chat, messages, files)[0]).toEqual(prompt[0]);
    expect(other.documents.folderSources()).toEqual([]);
  });
});
