import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ReadDocument } from "../../../electron/contract/documents.ts";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { storeDocument } from "../../../electron/workbench/documents/storeDocument.ts";
import { askStore } from "../../support/chats/askStore.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { storesIn } from "../../support/chats/storesIn.ts";
import { readText } from "../../support/documents/readText.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

interface Asked {
  texts?: { text: string }[];
}

const pages = ["A quokka eats grass.", "", "𠮷".repeat(150_001), "quokkas ".repeat(50_000), "The end."];

let folder: string;
let store: ChatStore;
let chatId: string;
let asked: { name: string; chars: number }[];
const { open, close } = storesIn(() => folder);
afterEach(close);
beforeEach(async () => {
  folder = await temporaryFolder();
  store = open("one");
  chatId = store.createChat({ thinking: "on", modelId: null }).id;
  asked = [];
});

/** Stores the document in a chat's draft. `before` is called with how many requests there were, before each one. */
async function storeIn(
  to: string | null,
  {
    document = readText(pages),
    before,
    signal = new AbortController().signal,
    inTurn,
  }: {
    document?: ReadDocument;
    before?: (requests: number) => void;
    signal?: AbortSignal;
    inTurn?: (work: () => Promise<unknown>) => Promise<unknown>;
  } = {},
): Promise<void> {
  const request = (async (name: string, params: Asked) => {
    before?.(asked.length);
    asked.push({ name, chars: (params.texts ?? []).reduce((sum, { text }) => sum + text.length, 0) });
    return askStore(store, name, params);
  }) as StoreClient["request"];
  const target = () => ({ chatId: to });
  await storeDocument({ request }, { name: "a.pdf", document, target, signal, ...(inTurn && { inTurn }) });
}
const drafts = (of: string | null) => store.documents.draftAttachments({ chatId: of });
const onDisk = (word: string): boolean =>
  ["chats.db", "chats.db-wal"].some((file) => readFileSync(join(folder, "one", "store", file)).includes(word));

it("stores a long document in small steps, in which nobody sees it until all of it is there", async () => {
  await storeIn(chatId, { before: () => expect(drafts(chatId)).toEqual([]) });
  const steps = asked.filter(({ name }) => name === "addDocumentTexts");
  expect(steps.length).toBeGreaterThan(3);
  for (const { chars } of steps) expect(chars).toBeLessThanOrEqual(200_000);
  expect(drafts(chatId)).toMatchObject([{ name: "a.pdf", parts: 5, use: "whole", pages: null }]);
  const [{ id: attachmentId } = { id: "" }] = drafts(chatId);
  expect(store.documents.readAttachment({ attachmentId }).text).toBe(pages.join("\n\n"));
  expect(store.listChats({ cursor: null }).chats).toHaveLength(1);
  expect(store.chatIds()).toEqual([chatId]);
  await storeIn(null);
  expect(drafts(null)).toHaveLength(1);
  asked = [];
  await storeIn(null, { document: readText("short") });
  expect(asked.map(({ name }) => name)).toEqual(["addDocument"]);
});

it("leaves nothing of a document that was removed meanwhile, or whose chat was deleted", async () => {
  const stopping = new AbortController();
  const { signal } = stopping;
  await expect(
    storeIn(chatId, {
      signal,
      before: (at) => {
        if (at === 3) stopping.abort();
      },
    }),
  ).rejects.toThrow();
  await expect(storeIn("none")).rejects.toMatchObject({ code: "chat-not-found" });
  expect(drafts(chatId)).toEqual([]);
  catchUpAll(store);
  expect(onDisk("quokka")).toBe(false);
  expect(store.chatIds()).toEqual([chatId]);
});

it("stores nothing of a short document that was removed before its turn came", async () => {
  const stopping = new AbortController();
  const document = readText("A quokka.");
  const { signal } = stopping;
  const inTurn = async (work: () => Promise<unknown>): Promise<unknown> => {
    stopping.abort();
    return await work();
  };
  await expect(storeIn(chatId, { document, signal, inTurn })).rejects.toThrow();
  await expect(storeIn(chatId, { document, signal })).rejects.toThrow();
  expect(asked).toEqual([]);
});

it("needs its turn only for the last step of a long document", async () => {
  const before: string[] = [];
  const inTurn = async (work: () => Promise<unknown>): Promise<unknown> => {
    before.push(...asked.map(({ name }) => name));
    return await work();
  };
  await storeIn(chatId, { inTurn });
  expect(asked.length - before.length).toBe(1);
  expect(new Set(before)).toEqual(new Set(["beginDocument", "addDocumentTexts"]));
  expect(asked.at(-1)?.name).toBe("endDocument");
});

it("leaves nothing of a document that was being stored when the process ended", async () => {
  // From then on, nothing reaches the store.
  const stop = (at: number): void => {
    if (at >= 4) throw new Error("It ends here.");
  };
  await expect(storeIn(chatId, { before: stop })).rejects.toThrow("It ends here.");
  catchUpAll(store);
  expect(onDisk("quokka")).toBe(true);
  close();
  store = open("one");
  catchUpAll(store);
  expect(onDisk("quokka")).toBe(false);
  expect(store.chatIds()).toEqual([chatId]);
});
