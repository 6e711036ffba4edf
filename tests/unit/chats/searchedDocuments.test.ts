import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ChatStores } from "../../../electron/workbench/chats/ChatStores.ts";
import type { OfQuestion } from "../../../electron/workbench/chats/passages/DocumentPassages.ts";
import { numberedPassages } from "../../../electron/workbench/documents/numberedPassages.ts";
import { promptMessages } from "../../../electron/workbench/runs/promptMessages.ts";
import { storesIn } from "../../support/chats/storesIn.ts";
import { askDocuments, findPassages } from "../../support/chats/askDocuments.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { readText } from "../../support/documents/readText.ts";
import { exportTo, importFrom } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const done = { text: "So [1].", thought: null, state: "done", stats: null, problem: null } as const;
const pages = ["The fee is nine crowns.", "The office opens at seven.", "A quokka eats grass."];

let folder: string;
let store: ChatStore;
const { open, close } = storesIn(() => folder);
afterEach(close);
beforeEach(async () => {
  folder = await temporaryFolder();
  store = open("one");
});

const newChat = (): string => store.createChat({ thinking: "on", modelId: null }).id;
function attach(chatId: string | null, text: string | string[] = pages, name = "rules.pdf"): string {
  const { id } = store.documents.addDocument({ chatId, name, document: readText(text) });
  expect(store.documents.changeAttachment({ attachmentId: id, use: "search" })).toMatchObject({
    use: "search",
    pages: null,
  });
  return id;
}
const find = (question: OfQuestion, from = store) => findPassages(from, question);
const ask = (chatId: string, text: string, attachmentIds: string[]) =>
  askDocuments(store, { chatId, text, attachmentIds }, 1);

describe("a document that is searched", () => {
  it("is sent as the passages that were found, and stays in the draft for the next question", () => {
    const chatId = newChat();
    const id = attach(chatId);
    const first = ask(chatId, "When does the office open?", [id]);
    expect(first.prompt[0]?.content).toContain("[passage 1 begin]\n[rules.pdf, page 2]\nThe office opens at seven.\n");
    expect(first.prompt[0]?.content).not.toContain("quokka");
    expect(store.documents.draftAttachments({ chatId })).toMatchObject([{ id, use: "search", passages: [] }]);
    const second = ask(chatId, "What does a quokka eat?", [id]);
    expect(second.history.at(-1)?.attachments?.[0]?.passages).toEqual([{ number: 2, part: 3, start: 0, length: 20 }]);
    // The first question keeps what it was sent with.
    expect(second.prompt[0]).toEqual(first.prompt[0]);
    const none = ask(chatId, "Thank you!", [id]);
    expect(none.prompt.at(-1)).toEqual({ role: "user", content: "Thank you!" });
    expect(none.history.at(-1)?.attachments).toMatchObject([{ name: "rules.pdf", passages: [] }]);
  });

  it("says whether it is new in the chat, and is not prepared any more once something was deleted", () => {
    const chatId = newChat();
    const question = { chatId, text: "zebra", attachmentIds: [attach(chatId)] };
    expect(store.documents.findPassages({ ...question, most: 5 })).toBeNull();
    expect(find(question)).toEqual({ passages: [], firstNumber: 1, newNames: ["rules.pdf"] });
    ask(chatId, "The fee?", question.attachmentIds);
    expect(find(question)).toEqual({ passages: [], firstNumber: 2, newNames: [] });
    store.purgeChats({ chatIds: [newChat()] });
    expect(store.documents.findPassages({ ...question, most: 5 })).toBeNull();
  });

  it("is searched again for a changed question, and kept by another reply, a branch and a copy", () => {
    const chatId = newChat();
    const { history, reply, prompt } = ask(chatId, "When does the office open?", [attach(chatId)]);
    const messageId = history[0]?.id ?? "";
    const again = store.beginVersion({ messageId: reply.id, model: null });
    expect(promptMessages(again.chat, again.history, again.files)).toEqual(prompt);
    store.finishReply({ messageId: again.reply.id, ...done });
    const branch = store.readBranch({ chatId: store.branchChat({ messageId: again.reply.id, title: "b" }).id });
    expect(promptMessages(branch.chat, branch.messages, branch.files)[0]).toEqual(prompt[0]);
    const attachmentIds = history[0]?.attachments?.map(({ id }) => id) ?? [];
    const question = { chatId, edited: messageId, text: "And the fee?", attachmentIds };
    const passages = numberedPassages(find(question), attachmentIds, 1);
    const edited = store.beginEdit({ messageId, text: "And the fee?", model: null, passages });
    expect(promptMessages(edited.chat, edited.history, edited.files)[0]?.content).toContain(
      "[passage 1 begin]\n[rules.pdf, page 1]\nThe fee is nine crowns.\n",
    );
  });

  it("has nothing of the old question in a changed one that is about another document, or about none", () => {
    const chatId = newChat();
    const ids = [attach(chatId, "The fee is nine crowns."), attach(chatId, "The fee for a quokka is low.", "b.pdf")];
    const first = { chatId, text: "What is the fee?", attachmentIds: ids };
    const passages = numberedPassages(find(first), ids, 2);
    const { history, reply } = store.beginTurn({ ...first, model: null, passages });
    store.finishReply({ messageId: reply.id, ...done });
    const { id: messageId = "", attachments: sent = [] } = history[0] ?? {};
    expect(sent).toMatchObject([{ passages: [{ number: 1 }] }, { passages: [{ number: 2 }] }]);
    const attachmentIds = sent.map(({ id }) => id);
    const edit = (text: string) => {
      const question = { chatId, edited: messageId, text, attachmentIds };
      const found = numberedPassages(find(question), attachmentIds, 2);
      const { chat, messages, files } = store.documents.previewTurn({ ...question, passages: found });
      const edited = store.beginEdit({ messageId, text, model: null, passages: found });
      expect(promptMessages(edited.chat, edited.history, edited.files)).toEqual(promptMessages(chat, messages, files));
      store.finishReply({ messageId: edited.reply.id, ...done });
      return edited.history[0]?.attachments;
    };
    expect(edit("Quokka?")).toMatchObject([{ passages: [] }, { name: "b.pdf", passages: [{ number: 1 }] }]);
    expect(edit("Thank you!")).toMatchObject([{ passages: [] }, { passages: [] }]);
  });

  it("is searched only within its chosen pages, which the message keeps, also for a changed question", async () => {
    const chatId = newChat();
    const id = attach(chatId, [...pages, "The fee for a quokka."]);
    const last = [{ first: 3, last: 4 }];
    expect(store.documents.changeAttachment({ attachmentId: id, pages: last })).toMatchObject({
      use: "search",
      pages: last,
    });
    // Of the chosen pages: 41 characters.
    expect(store.documents.readAttachment({ attachmentId: id })).toMatchObject({
      text: "",
      tokens: expect.closeTo(10, -1) as number,
    });
    const { history, reply, prompt } = ask(chatId, "What is the fee?", [id]);
    expect(prompt[0]?.content).toContain("[rules.pdf, page 4]");
    const sent = { use: "search", pages: last, passages: [{ number: 1, part: 4 }] };
    expect(history[0]?.attachments).toMatchObject([sent]);
    expect(store.documents.draftAttachments({ chatId })).toMatchObject([{ id, use: "search", pages: last }]);
    const attachmentIds = history[0]?.attachments?.map((each) => each.id) ?? [];
    const edited = { chatId, edited: history[0]?.id, text: "Opens at seven?", attachmentIds };
    expect(find(edited).passages).toEqual([]);
    const parts = find({ ...edited, text: "nine crowns, or quokka" }).passages.map(({ part }) => part);
    expect(new Set(parts)).toEqual(new Set([3, 4]));
    const branch = store.readBranch({ chatId: store.branchChat({ messageId: reply.id, title: "b" }).id });
    expect(branch.messages[0]?.attachments).toMatchObject([sent]);
    const file = join(folder, "chats.jsonl");
    await exportTo(join(folder, "one"), file);
    const other = open("other");
    await importFrom(file, other);
    expect(other.readBranch({ chatId }).messages[0]?.attachments).toMatchObject([sent]);
    expect(other.documents.draftAttachments({ chatId })).toMatchObject([{ use: "search", pages: last }]);
    // The choice outlasts that of how the document is used.
    expect(store.documents.changeAttachment({ attachmentId: id, use: "whole" })).toMatchObject({
      use: "whole",
      pages: last,
    });
    expect(store.documents.changeAttachment({ attachmentId: id, use: "search" })).toMatchObject({
      use: "search",
      pages: last,
    });
  });

  it("is found by the words of its passages across the pieces in which it is stored, and each place is told", () => {
    const chatId = newChat();
    const text = Array.from({ length: 4_000 }, (_, at) => `Rule ${at} is about case${at} and what follows.`).join("\n");
    const id = attach(chatId, text, "rules.txt");
    for (const at of [7, 1_250, 1_251, 3_999]) {
      const { history } = ask(chatId, `What about case${at}?`, [id]);
      const sent = history.at(-1)?.attachments?.[0];
      const [passage] = sent?.passages ?? [];
      const { piece, start, length } = store.documents.placeOfPassage({
        attachmentId: sent?.id ?? "",
        number: passage?.number ?? 0,
      });
      const read = (index: number | null): string => {
        if (index === null) return "";
        const { text: shown, next } = store.documents.readDocumentPiece({ attachmentId: id, part: 1, piece: index });
        return shown + read(next);
      };
      expect(read(piece).slice(start, start + length)).toContain(`case${at} `);
      expect(text.slice(passage?.start, (passage?.start ?? 0) + (passage?.length ?? 0))).toContain(`case${at} `);
    }
    const noPlace = { attachmentId: id, number: 99 };
    expect(() => store.documents.placeOfPassage(noPlace)).toThrow(
      expect.objectContaining({ code: "passage-not-there" }),
    );
  });

  it("can only be sent from the chat’s own draft, and its passages not if their text was changed on the disk", () => {
    const [one, other] = [newChat(), newChat()];
    const id = attach(one);
    const send = () => store.beginTurn({ chatId: other, text: "?", model: null, attachmentIds: [id] });
    expect(send).toThrow("document-not-found");
    const { reply } = ask(one, "The fee?", [id]);
    close();
    const path = join(folder, "one", "store", "chats.db");
    const bytes = readFileSync(path).toString("latin1").replaceAll("nine crowns", "five crowns");
    writeFileSync(path, Buffer.from(bytes, "latin1"));
    store = open("one");
    const again = () => store.beginVersion({ messageId: reply.id, model: null });
    expect(again).toThrow(expect.objectContaining({ code: "document-damaged" }));
  });

  it("leaves nothing on the disk that the document itself does not, and nothing once it is deleted", () => {
    const chatId = newChat();
    const id = attach(chatId, "numbat ".repeat(50), "a.txt");
    ask(chatId, "numbat?", [id]);
    store.purgeChats({ chatIds: [chatId] });
    catchUpAll(store);
    const onDisk = (word: string): boolean =>
      ["chats.db", "chats.db-wal"].some((file) => readFileSync(join(folder, "one", "store", file)).includes(word));
    expect(onDisk("numbat")).toBe(false);
  });

  it("comes back from a chat file with its passages", async () => {
    const chatId = newChat();
    const { prompt } = ask(chatId, "When does the office open?", [attach(chatId, pages, 'a "b"\n].pdf')]);
    const file = join(folder, "chats.jsonl");
    await exportTo(join(folder, "one"), file);
    const other = open("other");
    expect(await importFrom(file, other)).toMatchObject({ imported: { chats: 1, messages: 2 }, isComplete: true });
    const { chat, messages, files } = other.readBranch({ chatId });
    expect(promptMessages(chat, messages, files)[0]).toEqual(prompt[0]);
    expect(other.documents.draftAttachments({ chatId })).toMatchObject([{ use: "search" }]);
    const attachmentIds = other.documents.draftAttachments({ chatId }).map(({ id }) => id);
    expect(find({ chatId, text: "quokka", attachmentIds }, other)).toMatchObject({ firstNumber: 2, newNames: [] });
  });

  it("does not come from a chat file with a passage that is much longer than any of this app", async () => {
    const chatId = newChat();
    ask(chatId, "An okapi?", [attach(chatId, `An okapi eats.\n\n${"leaves ".repeat(2_000)}`)]);
    const file = join(folder, "chats.jsonl");
    const importWith = async (length: number) => {
      await exportTo(join(folder, "one"), file);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll(/"length":\d+/g, `"length":${length}`));
      return await importFrom(file, open(`with ${length}`));
    };
    expect(await importWith(10_000)).toMatchObject({ imported: { chats: 1 } });
    await expect(importWith(10_001)).rejects.toMatchObject({ code: "import-nothing" });
  });

  it("is named with its passages in the formats for people", async () => {
    const chatId = newChat();
    const text = ["An <b>okapi</b>\n# eats leaves.", "x"];
    ask(chatId, "What does an okapi eat?", [attach(chatId, text, "a.pdf")]);
    await exportTo(join(folder, "one"), join(folder, "chats.md"), { format: "markdown" });
    expect(readFileSync(join(folder, "chats.md"), "utf8")).toContain(
      "\n> Document: a.pdf\n>\n> [1] page 1: An <b>okapi</b> # eats leaves.\n\nWhat",
    );
    await exportTo(join(folder, "one"), join(folder, "chats.html"), { format: "html" });
    expect(readFileSync(join(folder, "chats.html"), "utf8")).toContain(
      '<summary>[1] page 1</summary><div dir="auto">An &lt;b&gt;okapi&lt;/b&gt;\n# eats leaves.</div>',
    );
  });

  it("of a temporary chat is searched in memory", () => {
    const stores = new ChatStores(() => {
      throw new Error("The disk is not needed.");
    });
    onTestFinished(() => stores.close());
    const call = (name: Parameters<ChatStores["call"]>[0], params: object) => stores.call(name, params) as never;
    const { id: chatId } = call("createTemporaryChat", { thinking: "on", modelId: null }) as { id: string };
    const { id } = call("addDocument", { chatId, name: "a.txt", document: readText("A numbat.") }) as { id: string };
    call("changeAttachment", { attachmentId: id, use: "search" });
    const question = { chatId, text: "numbat", attachmentIds: [id] };
    while (call("indexPassages", question) as boolean);
    expect(call("findPassages", { ...question, most: 5 })).toMatchObject({ passages: [{ attachmentId: id, part: 1 }] });
  });
});
