import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ChatStores } from "../../../electron/workbench/chats/ChatStores.ts";
import type { StoredChat, StoredChatPage } from "../../../electron/workbench/chats/ChatTable.ts";
import type { BegunReply, StoredConversation } from "../../../electron/workbench/chats/storeOperations.ts";

const model = { id: "nano", name: "R1 Nano" };
const chosen = { thinking: "on", modelId: null } as const;
const canary = "a word that is nowhere else: quetzalcoatlus";

let home: string;
let disk: ChatStore | null;
let stores: ChatStores;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "temporary-chats-"));
  disk = null;
  stores = new ChatStores(() => (disk ??= new ChatStore(home)));
});
afterEach(() => {
  stores.close();
  disk?.close();
  rmSync(home, { recursive: true, force: true });
});

const listed = (): StoredChatPage["chats"] => (stores.call("listChats", { cursor: null }) as StoredChatPage).chats;
const create = (name: "createChat" | "createTemporaryChat"): string => (stores.call(name, chosen) as StoredChat).id;

/** Writes a question, an answer with a thought, a draft and instructions in a chat. Returns the reply's id. */
function fill(chatId: string): string {
  const begun = stores.call("beginTurn", { chatId, text: canary, model }) as BegunReply;
  stores.call("appendPieces", { messageId: begun.reply.id, thought: canary, answer: canary });
  const end = { text: canary, thought: canary, state: "done", stats: null, problem: null };
  stores.call("finishReply", { messageId: begun.reply.id, ...end });
  stores.call("saveDraft", { chatId, draft: canary, pasted: [canary] });
  stores.call("configureChat", { chatId, systemPrompt: canary });
  stores.call("renameChat", { chatId, title: canary });
  return begun.reply.id;
}

/** Returns the text of every file below the home. */
const onDisk = (): string =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"))
    .join("\n");

it("keeps nothing of a temporary chat on the disk, and does not even open the store there", () => {
  fill(create("createTemporaryChat"));
  expect(existsSync(join(home, "store"))).toBe(false);
  const kept = create("createChat");
  stores.call("openChat", { chatId: kept });
  expect(onDisk()).not.toContain("quetzalcoatlus");
  fill(kept);
  expect(onDisk()).toContain("quetzalcoatlus");
});

it("does in a temporary chat what a chat does", () => {
  const chatId = create("createTemporaryChat");
  const replyId = fill(chatId);
  expect(isTemporary(chatId) && isTemporary(replyId)).toBe(true);
  const version = stores.call("beginVersion", { messageId: replyId, model }) as BegunReply;
  stores.call("finishReply", { messageId: version.reply.id, text: "again", thought: null, state: "done" });
  const opened = stores.call("openChat", { chatId }) as StoredConversation;
  expect(opened.messages.map(({ text }) => text)).toEqual([canary, "again"]);
  expect(opened.messages[1]?.version.count).toBe(2);
  expect(opened.chat).toMatchObject({ title: canary, draft: canary, pasted: [canary], systemPrompt: canary });
  expect(stores.call("findInChat", { chatId, query: "quetzalcoatlus", asPhrase: true })).not.toEqual([]);
  const copy = stores.call("branchChat", { messageId: replyId, title: "a copy" }) as StoredChat;
  expect(isTemporary(copy.id)).toBe(true);
});

it("lists temporary chats first, and searches only the others", () => {
  const kept = create("createChat");
  const temporary = create("createTemporaryChat");
  for (const chatId of [temporary, kept]) fill(chatId);
  expect(listed().map(({ id }) => id)).toEqual([temporary, kept]);
  const { hits } = stores.call("searchChats", { query: "quetzalcoatlus", cursor: null }) as {
    hits: { chat: unknown }[];
  };
  expect(hits.map(({ chat }) => chat)).toEqual([expect.objectContaining({ id: kept })]);
});

it("deletes, restores and erases chats of both kinds together", () => {
  const chatIds = [create("createChat"), create("createTemporaryChat")];
  stores.call("hideChats", { chatIds });
  expect(listed()).toEqual([]);
  stores.call("restoreChats", { chatIds });
  expect(listed()).toHaveLength(2);
  expect(new Set(stores.call("chatIds", {}) as string[])).toEqual(new Set(chatIds));
  stores.call("purgeChats", { chatIds });
  expect(stores.call("chatIds", {})).toEqual([]);
  create("createTemporaryChat");
  stores.call("eraseAllChats", {});
  expect(listed()).toEqual([]);
});

it("knows no temporary chat of an earlier start", () => {
  const chatId = create("createTemporaryChat");
  stores.close();
  expect(() => stores.call("openChat", { chatId })).toThrow(
    expect.objectContaining({ code: "chat-not-found" }) as unknown as Error,
  );
});

it("is kept on request, with everything in it, and is then on the disk only", () => {
  const chatId = create("createTemporaryChat");
  const replyId = fill(chatId);
  const again = stores.call("beginVersion", { messageId: replyId, model }) as BegunReply;
  expect(() => stores.call("keepTemporaryChat", { chatId })).toThrow(expect.objectContaining({ code: "chat-busy" }));
  expect(onDisk()).not.toContain("quetzalcoatlus");
  const end = { text: "other", thought: null, state: "stopped", stats: null, problem: null };
  stores.call("finishReply", { messageId: again.reply.id, ...end });
  const { promptFrom: _, ...before } = stores.call("readChat", { chatId }) as StoredChat;
  const kept = stores.call("keepTemporaryChat", { chatId }) as StoredChat;
  expect(isTemporary(kept.id)).toBe(false);
  expect(kept).toMatchObject({ ...before, id: kept.id });
  expect(listed().map(({ id }) => id)).toEqual([kept.id]);
  const { messages } = stores.call("openChat", { chatId: kept.id }) as StoredConversation;
  expect(messages.map(({ text, version }) => [text, version.count])).toEqual([
    [canary, 1],
    ["other", 2],
  ]);
  expect(messages.some(({ id }) => isTemporary(id))).toBe(false);
  expect(() => stores.call("readChat", { chatId })).toThrow(expect.objectContaining({ code: "chat-not-found" }));
  expect(() => stores.call("keepTemporaryChat", { chatId })).toThrow(
    expect.objectContaining({ code: "chat-not-found" }),
  );
});

it("stays as it was, and only in memory, if it cannot be kept", () => {
  const chatId = create("createTemporaryChat");
  fill(chatId);
  const broken = vi.spyOn(ChatStore.prototype, "addRecords").mockImplementation(() => {
    throw new Error("disk full");
  });
  expect(() => stores.call("keepTemporaryChat", { chatId })).toThrow("disk full");
  broken.mockRestore();
  expect(listed().map(({ id }) => id)).toEqual([chatId]);
  expect((stores.call("openChat", { chatId }) as StoredConversation).messages).toHaveLength(2);
});
