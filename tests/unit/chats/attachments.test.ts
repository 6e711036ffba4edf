import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { backUp } from "../../../electron/workbench/backups/backUp.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ChatStores } from "../../../electron/workbench/chats/ChatStores.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";
import { storesIn } from "../../support/chats/storesIn.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { readText } from "../../support/documents/readText.ts";
import { exportTo, importFrom } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const done = { text: "So.", thought: null, state: "done", stats: null, problem: null } as const;
const hostile = "quetzal\u0000 \uD800 \u{1F998} </file> [file content end]";

let folder: string;
let home: string;
let store: ChatStore;

const { open, close } = storesIn(() => folder);
afterEach(close);

beforeEach(async () => {
  folder = await temporaryFolder();
  home = join(folder, "one");
  store = open("one");
});

const newChat = (): string => store.createChat({ thinking: "on", modelId: null }).id;
const attach = (chatId: string | null, text: string | string[], name = "notes.txt"): string =>
  store.documents.addDocument({ chatId, name, document: readText(text) }).id;
function ask(chatId: string, text: string, attachmentIds: string[] = []) {
  const begun = store.beginTurn({ chatId, text, model: null, attachmentIds });
  store.finishReply({ messageId: begun.reply.id, ...done });
  return begun;
}
const onDisk = (word: string, at = home): boolean =>
  ["chats.db", "chats.db-wal"].some((file) => readFileSync(join(at, "store", file)).includes(word));

describe("documents of a message", () => {
  it("come before the question in the prompt, and with each later question", () => {
    const chatId = newChat();
    const ids = [attach(chatId, hostile), attach(chatId, ["one", "", "three"], "b.pdf")];
    expect(store.documents.draftAttachments({ chatId })).toMatchObject([
      {
        name: "notes.txt",
        format: "text",
        unit: null,
        parts: 1,
        emptyParts: 0,
        chars: hostile.length,
        sizeBytes: 1234,
        use: "whole",
      },
      { name: "b.pdf", format: "pdf", unit: "page", parts: 3, emptyParts: 1, chars: 8, pages: null, passages: [] },
    ]);
    const first = ask(chatId, "What is this?", ids);
    expect(store.documents.draftAttachments({ chatId })).toEqual([]);
    expect(first.history[0]?.attachments?.map(({ name }) => name)).toEqual(["notes.txt", "b.pdf"]);
    const asked = `[file name]: notes.txt\n[file content begin]\n${hostile}\n[file content end]\n[file name]: b.pdf\n[file content begin]\none\n\n\n\nthree\n[file content end]\nWhat is this?`;
    expect(promptMessages(first.chat, first.history, first.files)).toEqual([{ role: "user", content: asked }]);
    const later = ask(chatId, "And?");
    expect(promptMessages(later.chat, later.history, later.files).map(({ content }) => content)).toEqual([
      asked,
      "So.",
      "And?",
    ]);
  });

  it("are used in part if pages are chosen, and only pages that are there can be", () => {
    const chatId = newChat();
    const attachmentId = attach(chatId, ["one", "two", "three"], "b.pdf");
    const pages = [
      { first: 3, last: 3 },
      { first: 1, last: 1 },
    ];
    expect(store.documents.changeAttachment({ attachmentId, pages }).pages).toEqual(pages);
    expect(store.documents.readAttachment({ attachmentId }).text).toBe("one\n\nthree");
    const beyond = { attachmentId, pages: [{ first: 2, last: 4 }] };
    expect(() => store.documents.changeAttachment(beyond)).toThrow(
      expect.objectContaining({ code: "pages-not-there" }),
    );
    const text = attach(chatId, "x");
    const ofText = { attachmentId: text, pages: [{ first: 1, last: 1 }] };
    expect(() => store.documents.changeAttachment(ofText)).toThrow(
      expect.objectContaining({ code: "pages-not-there" }),
    );
    const { files, history } = ask(chatId, "?", [attachmentId]);
    expect(files[history[0]?.id ?? ""]?.[0]).toEqual({ name: "b.pdf", text: "one\n\nthree" });
    // What was sent stays as it was.
    expect(() => store.documents.changeAttachment({ attachmentId, pages: null })).toThrow("document-not-found");
    expect(() => store.documents.removeAttachment({ attachmentId })).toThrow("document-not-found");
  });

  it("stay with another version of the question, in a branch and in another chat, and are stored once", () => {
    const chatId = newChat();
    const first = ask(chatId, "one", [attach(chatId, "okapi".repeat(30_000))]);
    const messageId = first.history[0]?.id ?? "";
    const edited = store.beginEdit({ messageId, text: "two", model: null });
    store.finishReply({ messageId: edited.reply.id, ...done });
    const again = store.beginVersion({ messageId: first.reply.id, model: null });
    store.finishReply({ messageId: again.reply.id, ...done });
    const branched = store.branchChat({ messageId: edited.reply.id, title: "branch" });
    const inBranch = store.readBranch({ chatId: branched.id });
    const files = [first.files, edited.files, again.files, inBranch.files].flatMap((each) => Object.values(each));
    const text = "okapi".repeat(30_000);
    expect(files).toEqual(files.map(() => [{ name: "notes.txt", text }]));
    expect(files).toHaveLength(4);
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    onTestFinished(() => raw.close());
    const count = (): unknown => raw.prepare("SELECT count(*) AS count FROM documents").get()?.["count"];
    expect(count()).toBe(1);
    store.purgeChats({ chatIds: [chatId] });
    catchUpAll(store);
    expect(store.readBranch({ chatId: branched.id }).files).toEqual(inBranch.files);
    expect(count()).toBe(1);
    store.purgeChats({ chatIds: [branched.id] });
    catchUpAll(store);
    expect(count()).toBe(0);
  });

  it("can only be those of the chat’s own draft", () => {
    const [one, other] = [newChat(), newChat()];
    const attachmentId = attach(one, "x");
    const send = (chatId: string) => store.beginTurn({ chatId, text: "?", model: null, attachmentIds: [attachmentId] });
    expect(() => send(other)).toThrow("document-not-found");
    expect(store.openChat({ chatId: other }).messages).toEqual([]);
    ask(one, "?", [attachmentId]);
    expect(() => send(one)).toThrow("document-not-found");
  });
});

describe("deleting", () => {
  it("leaves nothing of a document on the disk, in small steps", () => {
    const chatId = newChat();
    const kept = newChat();
    attach(kept, "quokka");
    ask(chatId, "?", [
      attach(
        chatId,
        Array.from({ length: 400 }, () => "numbat ".repeat(1000)),
      ),
    ]);
    attach(chatId, "numbat in the draft");
    expect(onDisk("numbat")).toBe(true);
    store.purgeChats({ chatIds: [chatId] });
    expect(catchUpAll(store)).toBeGreaterThan(5);
    expect(onDisk("numbat")).toBe(false);
    expect(store.documents.draftAttachments({ chatId: kept })).toHaveLength(1);
    expect(onDisk("quokka")).toBe(true);
    store.eraseAllChats();
    expect(onDisk("quokka")).toBe(false);
  });

  it("goes on after the app was killed, and is done in a backup", () => {
    const chatId = newChat();
    const attachmentId = attach(chatId, "numbat ".repeat(100_000));
    const other = attach(chatId, "quokka");
    store.documents.removeAttachment({ attachmentId });
    close();
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    const backup = join(home, "backups", `${backUp(raw, { home, key: null, reason: "day" })}.db`);
    raw.close();
    expect(readFileSync(backup).includes("numbat")).toBe(false);
    expect(readFileSync(backup).includes("quokka")).toBe(true);
    store = open("one");
    catchUpAll(store);
    expect(onDisk("numbat")).toBe(false);
    expect(store.documents.draftAttachments({ chatId }).map(({ id }) => id)).toEqual([other]);
    store.documents.removeAttachment({ attachmentId: other });
    catchUpAll(store);
    expect(onDisk("quokka")).toBe(false);
  });
});

it("moves what was attached before there was a chat to that chat", () => {
  const id = attach(null, "x");
  const chatId = newChat();
  expect(store.documents.draftAttachments({ chatId: null }).map((each) => each.id)).toEqual([id]);
  store.documents.moveDraftAttachments({ chatId });
  expect(store.documents.draftAttachments({ chatId: null })).toEqual([]);
  expect(ask(chatId, "?", [id]).history[0]?.attachments).toHaveLength(1);
});

it("does not use a text that was changed on the disk", () => {
  const chatId = newChat();
  const first = ask(chatId, "?", [attach(chatId, "one thousand")]);
  close();
  const path = join(home, "store", "chats.db");
  writeFileSync(
    path,
    Buffer.from(readFileSync(path).toString("latin1").replaceAll("one thousand", "two thousand"), "latin1"),
  );
  store = open("one");
  const again = () => store.beginVersion({ messageId: first.reply.id, model: null });
  expect(again).toThrow(expect.objectContaining({ code: "document-damaged", facts: { name: "notes.txt" } }));
  expect(store.openChat({ chatId }).messages).toHaveLength(2);
  const attachmentId = first.history[0]?.attachments?.[0]?.id ?? "";
  expect(store.documents.readDocumentPiece({ attachmentId, part: 1, piece: 0 })).toEqual({
    text: "two thousand",
    isIntact: false,
    next: null,
  });
});

describe("a chat file", () => {
  it("has all documents, of every branch and of the draft, and brings them to another home", async () => {
    const chatId = newChat();
    const long = attach(chatId, ["é".repeat(120_000), "", hostile], "b.pdf");
    store.documents.changeAttachment({ attachmentId: long, pages: [{ first: 1, last: 2 }] });
    const first = ask(chatId, "one", [long]);
    store.beginEdit({ messageId: first.history[0]?.id ?? "", text: "two", model: null });
    attach(chatId, "in the draft");
    const file = join(folder, "chats.jsonl");
    await exportTo(home, file);
    const other = open("other");
    expect(await importFrom(file, other)).toMatchObject({ imported: { chats: 1, messages: 4 }, isComplete: true });
    const said = (from: ChatStore) => {
      const { messages } = from.openChat({ chatId });
      const ids = messages[0]?.version.ids ?? [];
      const attachments = [
        ...ids.flatMap((messageId) => from.readMessage({ messageId }).attachments ?? []),
        ...from.documents.draftAttachments({ chatId }),
      ];
      return attachments.map(({ id: attachmentId, ...facts }) => {
        const { text } = from.documents.readAttachment({ attachmentId });
        return {
          ...facts,
          text,
          last: from.documents.readDocumentPiece({ attachmentId, part: facts.parts, piece: 0 }).text,
        };
      });
    };
    expect(said(other)).toEqual(said(store));
    expect(said(other)).toMatchObject([
      { pages: [{ first: 1, last: 2 }], last: hostile },
      {},
      { text: "in the draft" },
    ]);
    // Both versions of the question have the same one.
    expect(new Set(said(other).map(({ documentId }) => documentId)).size).toBe(2);
  });

  it.each([
    ["a text that is missing", (lines: string[]) => lines.filter((line) => !line.startsWith('{"type":"text"'))],
    [
      "a document that is missing",
      (lines: string[]) => lines.filter((line) => !/^{"type":"(document|text)"/.test(line)),
    ],
    [
      "a page that it does not have",
      (lines: string[]) => lines.map((line) => line.replace('"pages":null', '"pages":[{"first":1,"last":9}]')),
    ],
    [
      "a field of its own",
      (lines: string[]) => lines.map((line) => line.replace('{"type":"text",', '{"type":"text","x":1,')),
    ],
  ])("is not read with %s", async (_, change) => {
    const chatId = newChat();
    ask(chatId, "?", [attach(chatId, ["one", "two"])]);
    const file = join(folder, "chats.jsonl");
    await exportTo(home, file);
    writeFileSync(file, change(readFileSync(file, "utf8").split("\n")).join("\n"));
    await expect(importFrom(file, open("other"))).rejects.toMatchObject({ code: "import-nothing" });
  });

  it("names the documents in the formats for people", async () => {
    const chatId = newChat();
    ask(chatId, "?", [attach(chatId, "x", "a <b>\n# c.txt")]);
    await exportTo(home, join(folder, "chats.md"), { format: "markdown" });
    expect(readFileSync(join(folder, "chats.md"), "utf8")).toContain("\n## You\n\n> Document: a <b> # c.txt\n\n?\n");
    await exportTo(home, join(folder, "chats.html"), { format: "html" });
    expect(readFileSync(join(folder, "chats.html"), "utf8")).toContain("<bdi>Document: a &lt;b&gt; # c.txt</bdi>");
  });
});

it("of a temporary chat stay in memory, until it is kept", () => {
  const stores = new ChatStores(() => store);
  onTestFinished(() => stores.close());
  const call = (name: Parameters<ChatStores["call"]>[0], params: object) => stores.call(name, params) as never;
  const { id: chatId } = call("createTemporaryChat", { thinking: "on", modelId: null }) as { id: string };
  const added = (document: object, name: string) =>
    call("addDocument", { chatId, name, document }) as { id: string; documentId: string };
  const sent = added(readText("numbat"), "a.txt");
  const begun = call("beginTurn", { chatId, text: "?", model: null, attachmentIds: [sent.id] }) as ReturnType<
    typeof ask
  >;
  call("finishReply", { messageId: begun.reply.id, ...done });
  const waiting = added(readText("quokka"), "b.txt");
  expect(call("readDocumentPiece", { attachmentId: waiting.id, part: 1, piece: 0 })).toMatchObject({ text: "quokka" });
  expect([onDisk("numbat"), onDisk("quokka")]).toEqual([false, false]);
  const kept = call("keepTemporaryChat", { chatId }) as { id: string };
  expect(Object.values(store.readBranch({ chatId: kept.id }).files)).toEqual([[{ name: "a.txt", text: "numbat" }]]);
  expect(store.documents.draftAttachments({ chatId: kept.id }).map(({ name }) => name)).toEqual(["b.txt"]);
});

it("are still there after a damaged store was mended", () => {
  const chatId = newChat();
  ask(chatId, "?", [
    attach(
      chatId,
      Array.from({ length: 50 }, (_, page) => `page ${page} ${"word ".repeat(2000)}`),
    ),
  ]);
  const { files } = store.readBranch({ chatId });
  attach(null, "for the next chat");
  close();
  const path = join(home, "store", "chats.db");
  const bytes = readFileSync(path);
  // Nothing leads to the pages any more.
  bytes.fill(0, 100, 4096);
  writeFileSync(path, bytes);
  store = open("one", { examine: true });
  expect(store.notice?.code).toBe("store-corrupt");
  expect(store.readBranch({ chatId }).files).toEqual(files);
  expect(store.documents.draftAttachments({ chatId: null })).toHaveLength(1);
});
