import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SearchHit } from "../../../electron/contract/chats.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { stagedLines } from "../../support/chats/stagedLines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const stepBytes = 30_000;
let home: string;
let store: ChatStore;
let raw: DatabaseSyncInstance;

function open(): void {
  store = new ChatStore(home);
  raw = new DatabaseSync(join(home, "store", "chats.db"));
}
function close(): void {
  raw.close();
  store.close();
}
beforeEach(async () => {
  home = await temporaryFolder();
  open();
});
afterEach(() => close());

function importChats(of: { chats: number; messages: number; text: string }) {
  store.stageChats({ lines: stagedLines(of) });
  return store.showStaged({ chats: null }).shown;
}
const left = (): number => Number(raw.prepare("SELECT count(*) AS n FROM unindexedMessages").get()?.["n"]);
/** The search index has exactly the words of the messages that are indexed. */
const expectWholeIndex = (): void =>
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");

/** Returns all hits, page by page. */
function allHits(query: string): SearchHit[] {
  const hits: SearchHit[] = [];
  let cursor: string | null = null;
  do {
    const page = store.searchChats({ query, cursor });
    hits.push(...page.hits);
    cursor = page.next;
  } while (cursor !== null);
  return hits;
}

test("what was imported is found at once, before and after it is indexed, with what is there in one order", () => {
  addAnsweredChat(store, "kept quagga 斑驴", 2);
  importChats({ chats: 70, messages: 4, text: "quagga 斑驴 Straße" });
  addAnsweredChat(store, "later quagga 斑驴", 1);
  const queries = ["quagga", "qu", "驴", "斑驴 qua", "STRASSE", "quagga 69 3", "nothing", "later"];
  const before = queries.map(allHits);
  const chatsIn = (hits: SearchHit[]): number => new Set(hits.map(({ chat }) => chat.id)).size;
  expect(before.map(chatsIn)).toEqual([72, 72, 72, 72, 70, 1, 0, 1]);
  expect(left()).toBe(280);
  let steps = 0;
  while (store.catchUp()) {
    steps++;
    if (steps === 1) expect(queries.map(allHits)).toEqual(before);
    expectWholeIndex();
  }
  expect(steps).toBeGreaterThan(0);
  expect(left()).toBe(0);
  expect(queries.map(allHits)).toEqual(before);
});

test("a step indexes only as much as others can wait for", () => {
  const text = "quagga ".repeat(1000);
  importChats({ chats: 4, messages: 5, text });
  for (let before = left(), more = true; more; before = left()) {
    more = store.catchUp();
    // The size is adapted, at most to the double with each step.
    expect((before - left()) * text.length).toBeLessThan(stepBytes * 2 ** 4);
    expectWholeIndex();
  }
  expect(left()).toBe(0);
});

test("what is not shown yet is neither found nor indexed, and can be dropped", () => {
  store.stageChats({ lines: stagedLines({ chats: 3, messages: 4, text: "quagga" }) });
  expect(allHits("quagga")).toEqual([]);
  expect(store.catchUp()).toBe(false);
  expect(left()).toBe(12);
  store.dropStaged();
  catchUpAll(store);
  expect(left()).toBe(0);
  expect(raw.prepare("SELECT 1 FROM messages").get()).toBeUndefined();
  expectWholeIndex();
});

test("messages that change or go before they are indexed leave no words behind", () => {
  const [one, two, three] = importChats({ chats: 3, messages: 2, text: "quagga" });
  const replyOf = (chat: typeof one) => store.openChat({ chatId: chat?.id ?? "" }).messages.at(-1)?.id ?? "";
  const continued = replyOf(one);
  store.beginContinuation({ messageId: continued });
  store.appendPieces({ messageId: continued, thought: "", answer: " okapi" });
  // It is no longer listed, although it is being written.
  catchUpAll(store);
  const end = { state: "done", thought: null, stats: null, problem: null, model: null } as const;
  store.finishReply({ messageId: continued, text: "quagga okapi", ...end });
  expect(allHits("okapi").map(({ chat }) => chat.id)).toEqual([one?.id]);
  expectWholeIndex();

  const [four] = importChats({ chats: 1, messages: 2, text: "zebra" });
  const again = replyOf(four);
  store.beginContinuation({ messageId: again });
  store.finishReply({ messageId: again, text: "giraffe", ...end });
  expect(allHits("giraffe")).toHaveLength(1);
  const { deletionId } = store.removeReply({ messageId: replyOf(two) });
  store.purgeChats({ chatIds: [deletionId, four?.id ?? "", three?.id ?? ""] });
  catchUpAll(store);
  expect(left()).toBe(0);
  expectWholeIndex();
  expect(allHits("giraffe")).toEqual([]);
  expect(allHits("quagga").map(({ chat }) => chat.id)).toEqual(expect.arrayContaining([one?.id, two?.id]));
});

test("the next start goes on, also after the index was built again", () => {
  importChats({ chats: 30, messages: 4, text: "quagga ".repeat(200) });
  store.catchUp();
  expect(left()).toBeGreaterThan(0);
  raw.exec("INSERT INTO messageSearch (messageSearch) VALUES ('rebuild')");
  expectWholeIndex();
  close();
  open();
  expect(allHits("quagga")).toHaveLength(30);
  catchUpAll(store);
  expect(left()).toBe(0);
  expectWholeIndex();
  expect(allHits("quagga")).toHaveLength(30);
});

test("the copy of a branch is found at once and indexed later", () => {
  const chatId = addAnsweredChat(store, "quagga", 5);
  const last = store.openChat({ chatId }).messages.at(-1)?.id ?? "";
  const copy = store.branchChat({ messageId: last, title: "other" });
  expect(allHits("quagga").map(({ chat }) => chat.id)).toContain(copy.id);
  expect(left()).toBe(10);
  catchUpAll(store);
  expect(left()).toBe(0);
  expectWholeIndex();
  expect(allHits("quagga").map(({ chat }) => chat.id)).toContain(copy.id);
});
