import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { newestSchema } from "../../../electron/workbench/chats/migrations.ts";
import { putEarlierRows } from "../../support/chats/earlierStores.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

const model = { id: "nano", name: "R1 Nano" };
let home: string;
let store: ChatStore | null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pages-"));
  store = null;
});
afterEach(() => {
  store?.close();
  vi.useRealTimers();
  rmSync(home, { recursive: true, force: true });
});

const opened = (): ChatStore => (store ??= new ChatStore(home));
const words = (messages: readonly Message[]): string[] => messages.map(({ text }) => text);

function say(chatId: string, question: string, answer: string): { questionId: string; replyId: string } {
  const { reply } = opened().beginTurn({ chatId, text: question, model });
  opened().finishReply({ messageId: reply.id, text: answer, thought: null, state: "done", stats: null, problem: null });
  return { questionId: reply.parentId ?? "", replyId: reply.id };
}

const newChat = (): string => opened().createChat({ thinking: "on", modelId: null }).id;

/** Returns a chat with this many turns: "question 1", "answer 1" and so on. */
function longChat(turns: number): { chatId: string; ids: { questionId: string; replyId: string }[] } {
  const chatId = newChat();
  return {
    chatId,
    ids: Array.from({ length: turns }, (_, at) => say(chatId, `question ${at + 1}`, `answer ${at + 1}`)),
  };
}

describe("the list", () => {
  it("comes in pages of a hundred, last changed first, each chat once, without drafts and system prompts", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const ids: string[] = [];
    for (let index = 0; index < 230; index++) {
      // Many have the same time.
      vi.setSystemTime(1_000_000 + Math.floor(index / 7));
      ids.push(newChat());
    }
    opened().saveDraft({ chatId: ids[229] ?? "", draft: "a draft" });
    const pages: string[][] = [];
    for (let cursor: string | null = null, page = 0; page === 0 || cursor !== null; page++) {
      const read = opened().listChats({ cursor });
      pages.push(read.chats.map(({ id }) => id));
      for (const chat of read.chats)
        expect(Object.keys(chat)).toEqual(["id", "title", "createdAt", "updatedAt", "pinned", "folderId", "archived"]);
      cursor = read.next;
    }
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 30]);
    expect(pages.flat()).toEqual(ids.toReversed());
  });

  it("continues after a chat that was changed meanwhile, and refuses foreign cursors", () => {
    const ids = Array.from({ length: 150 }, newChat);
    const first = opened().listChats({ cursor: null });
    say(ids[0] ?? "", "moved", "to the top");
    const second = opened().listChats({ cursor: first.next });
    expect([...first.chats, ...second.chats].map(({ id }) => id)).toEqual(ids.slice(1).toReversed());
    for (const cursor of [
      "",
      "x",
      "1",
      "1.",
      ".1",
      "1.2",
      "1.2.3.4",
      "m5",
      "9".repeat(30),
      "1.1.1; DROP TABLE chats",
    ]) {
      expect(() => opened().listChats({ cursor }), cursor).toThrow(expect.objectContaining({ code: "input-invalid" }));
    }
  });
});

describe("a conversation", () => {
  it("opens with its last messages, and the others are read upwards to the first", () => {
    const { chatId } = longChat(40);
    const { messages, earlier, later } = opened().openChat({ chatId });
    expect(words(messages).at(-1)).toBe("answer 40");
    expect([messages.length, later]).toEqual([30, null]);
    let all = messages;
    for (let cursor = earlier; cursor !== null; ) {
      expect(cursor).toBe(all[0]?.id);
      const page = opened().readMessages({ chatId, cursor, direction: "earlier" });
      all = [...page.messages, ...all];
      cursor = page.next;
    }
    expect(words(all)).toEqual(
      Array.from({ length: 40 }, (_, at) => [`question ${at + 1}`, `answer ${at + 1}`]).flat(),
    );
  });

  it("opens at a message, or where the user left it, and is read in both directions from there", () => {
    const { chatId, ids } = longChat(40);
    const at = ids[10]?.questionId ?? "";
    const opens = [
      opened().openChat({ chatId, at }),
      (opened().savePlace({
        chatId,
        place: { messageId: at, from: "message", offsetPixels: 0, widthPixels: 100 },
      }),
      opened().openChat({ chatId })),
    ];
    for (const { messages, earlier, later } of opens) {
      expect(messages[10]?.text).toBe("question 11");
      expect(messages).toHaveLength(40);
      const below = opened().readMessages({ chatId, cursor: later ?? "", direction: "later" });
      expect([words(below.messages).at(-1), below.next]).toEqual(["answer 40", null]);
      const above = opened().readMessages({ chatId, cursor: earlier ?? "", direction: "earlier" });
      expect([words(above.messages)[0], above.next]).toEqual(["question 1", null]);
      expect(above.messages.length + messages.length + below.messages.length).toBe(80);
    }
    expect(words(opened().openChat({ chatId, atEnd: true }).messages).at(-1)).toBe("answer 40");
    expect(words(opened().openChat({ chatId, at: "gone" }).messages).at(-1)).toBe("answer 40");
  });

  it("opened at a message of another branch, shows that branch from then on", () => {
    const { chatId, ids } = longChat(2);
    const [first, second] = ids;
    const version = opened().beginVersion({ messageId: first?.replyId ?? "", model }).reply;
    opened().finishReply({
      messageId: version.id,
      text: "another answer",
      thought: null,
      state: "done",
      stats: null,
      problem: null,
    });
    expect(words(opened().openChat({ chatId }).messages)).toEqual(["question 1", "another answer"]);
    const there = ["question 1", "answer 1", "question 2", "answer 2"];
    expect(words(opened().openChat({ chatId, at: second?.questionId ?? "" }).messages)).toEqual(there);
    expect(words(opened().openChat({ chatId }).messages)).toEqual(there);
    expect(opened().selectVersion({ messageId: version.id })).toMatchObject({
      messages: [{ text: "another answer", version: { index: 2, count: 2 } }],
      next: null,
    });
  });

  it("has fewer messages on a page if they are long, but at least one", () => {
    const chatId = newChat();
    for (const letter of ["a", "b", "c"]) say(chatId, letter.repeat(700_000), letter.repeat(2_000_000));
    const { messages, earlier } = opened().openChat({ chatId });
    expect(messages.map(({ text }) => text[0])).toEqual(["c"]);
    const above = opened().readMessages({ chatId, cursor: earlier ?? "", direction: "earlier" });
    expect(above.messages.map(({ text }) => text.length)).toEqual([2_000_000, 700_000]);
  });

  it("refuses a cursor whose message is not in it", () => {
    const { chatId } = longChat(1);
    for (const direction of ["earlier", "later"] as const) {
      expect(() => opened().readMessages({ chatId, cursor: "gone", direction })).toThrow(
        expect.objectContaining({ code: "message-not-found" }),
      );
    }
  });
});

describe("a search", () => {
  it("returns each chat once, titles first, then by its newest message, fifty at a time, and counts", () => {
    const named = longChat(70).chatId;
    opened().renameChat({ chatId: named, title: "All answers" });
    const others = Array.from({ length: 60 }, (_, at) => {
      const chatId = newChat();
      say(chatId, `about **answers** ${at}`, `The **answer** | is [answer ${at}](https://answer.example)`);
      opened().renameChat({ chatId, title: "-" });
      return chatId;
    });
    const first = opened().searchChats({ query: "ANSWER", cursor: null });
    expect(first.total).toEqual({ hits: 1 + 70 + 60 * 3, chats: 61, isAll: true });
    expect(first.hits.map(({ chat }) => chat.id)).toEqual([named, ...others.toReversed().slice(0, 49)]);
    // The newest message, in which the title does not stand.
    expect(first.hits[0]).toMatchObject({ titleMarks: [[4, 10]], messageId: null, snippet: "" });
    // A reply's Markdown is shown as words.
    expect(first.hits[1]).toMatchObject({
      snippet: "The answer is answer 59",
      marks: [
        [4, 10],
        [14, 20],
      ],
      titleMarks: [],
    });
    expect(first.hits[1]?.at).toBeGreaterThan(0);
    const second = opened().searchChats({ query: "ANSWER", cursor: first.next });
    expect(second.hits.map(({ chat }) => chat.id)).toEqual([...others.slice(0, 11).toReversed(), named]);
    expect(second.hits.at(-1)).toMatchObject({ snippet: "answer 70" });
    expect(second).toMatchObject({ next: null, total: null });
    expect(opened().searchChats({ query: "answer about", cursor: null }).total).toMatchObject({ chats: 60 });
  });

  it("says which server wrote what was found", () => {
    const server = { name: "GPU", host: "gpu.example.org", isThisMachine: false };
    const here = newChat();
    const there = newChat();
    say(here, "a question", "an answer from here");
    const { reply } = opened().beginTurn({ chatId: there, text: "a question", model: { ...model, server } });
    const how = { thought: null, state: "done", stats: null, problem: null } as const;
    opened().finishReply({ messageId: reply.id, text: "an answer from there", ...how });
    const hits = (query: string) => opened().searchChats({ query, cursor: null }).hits;
    expect(hits("answer").map((hit) => [hit.chat.id, hit.server])).toEqual([
      [there, server],
      [here, null],
    ]);
    // What the user wrote was written here, wherever it was answered.
    opened().renameChat({ chatId: there, title: "other" });
    expect(hits("question").map((hit) => hit.server)).toEqual([null, null]);
    expect(hits("other")).toMatchObject([{ messageId: null, server: null }]);
  });

  it("counts the newest messages only, if those that contain the words are very long together", () => {
    const chatId = newChat();
    const text = `word ${"x".repeat(45_000)}`;
    for (let turn = 0; turn < 55; turn++) say(chatId, text, "-");
    opened().renameChat({ chatId, title: "-" });
    const { total, next } = opened().searchChats({ query: "word", cursor: null });
    expect(total).toEqual({ hits: 50, chats: 1, isAll: false });
    const rest = opened().searchChats({ query: "word", cursor: next });
    expect(rest).toMatchObject({ next: null, total: null });
  });

  it("returns many titles before the messages", () => {
    const ids = Array.from({ length: 50 }, newChat);
    for (const chatId of ids) opened().renameChat({ chatId, title: "Sums" });
    const other = newChat();
    say(other, "many sums", "yes");
    opened().renameChat({ chatId: other, title: "-" });
    const first = opened().searchChats({ query: "sums", cursor: null });
    expect(first.hits.map(({ messageId }) => messageId)).toEqual(Array(50).fill(null));
    const second = opened().searchChats({ query: "sums", cursor: first.next });
    expect(second.hits.map(({ snippet }) => snippet)).toEqual(["many sums"]);
    expect(foundChats(opened(), "sums")).toHaveLength(51);
  });

  it("returns an excerpt of a long message around the words and marks all of them in it", () => {
    const chatId = newChat();
    say(chatId, `${"words ".repeat(400)}the Straße\nis long ${"and more ".repeat(400)}`, "x");
    const [hit] = opened().searchChats({ query: "strasse is", cursor: null }).hits;
    expect(hit?.snippet).toMatch(/^….*the Straße is long and more.*…$/);
    expect(hit?.snippet.length).toBeLessThan(170);
    expect(hit?.marks.map(([start, end]) => hit.snippet.slice(start, end))).toEqual(["Straße is"]);
  });

  it("finds one and two characters anywhere, also at the end, frequent and rare", () => {
    const inOwnChat = (question: string, answer: string): void => {
      const chatId = newChat();
      say(chatId, question, answer);
      opened().renameChat({ chatId, title: "-" });
    };
    for (let turn = 0; turn < 60; turn++) inOwnChat(`turn ${turn} 的`, "it is so");
    inOwnChat("rare 麒麟 and qx", "ends with 鬱");
    inOwnChat("饕餮", "c");
    for (const [query, hits] of [
      ["的", 60],
      ["is", 60],
      ["麒麟", 1],
      ["麒", 1],
      ["qx", 1],
      ["x", 1],
      ["鬱", 1],
      ["饕餮", 1],
      ["餮", 1],
      ["龘", 0],
      ["qx rare", 1],
      ["qx is", 0],
      ["t 的", 60],
      ["turn 59 的", 1],
    ] as const) {
      expect(foundChats(opened(), query), query).toHaveLength(hits);
    }
  });

  it("finds nothing in hidden chats and unfinished replies, and refuses foreign cursors", () => {
    const { chatId } = longChat(1);
    const other = newChat();
    opened().beginTurn({ chatId: other, text: "asked", model });
    opened().hideChats({ chatIds: [chatId] });
    expect(foundChats(opened(), "question")).toEqual([]);
    for (const query of ["on", "q"]) expect(foundChats(opened(), query)).toEqual([]);
    expect(foundChats(opened(), "asked")).toEqual([other]);
    for (const cursor of ["x", "m", "t", "m1.1", "t5", "5"]) {
      expect(() => opened().searchChats({ query: "asked", cursor }), cursor).toThrow(
        expect.objectContaining({ code: "input-invalid" }),
      );
    }
  });
});

test("a store of the previous schema gets its indexes once, and all its words are found", () => {
  const path = putEarlierRows(home, 5, "rows5.sql");
  const titles = (query: string): string[] =>
    opened()
      .searchChats({ query, cursor: null })
      .hits.filter(({ titleMarks }) => titleMarks.length > 0)
      .map(({ chat }) => chat.title);
  expect(
    opened()
      .listChats({ cursor: null })
      .chats.map(({ title }) => title),
  ).toEqual(["nul   here", "Plain title", "Zwölf Ärzte", "Über die Straße gehen"]);
  expect(titles("ÄRZTE zw")).toEqual(["Zwölf Ärzte"]);
  expect(titles("STRASSE")).toEqual(["Über die Straße gehen"]);
  for (const query of ["öl", "qx", "x", "世界", "界", "c", "in c", "ja"]) {
    expect(foundChats(opened(), query), query).toHaveLength(query === "öl" ? 2 : 1);
  }
  // Hidden by a process that is gone, so it is erased, including the last message.
  expect(foundChats(opened(), "zz")).toEqual([]);
  const { id: chatId } = opened().listChats({ cursor: null }).chats[1] ?? { id: "" };
  expect(
    opened()
      .openChat({ chatId })
      .messages.map(({ text, problem }) => [text, problem]),
  ).toEqual([
    ["世界", null],
    ["你好，世界", null],
  ]);
  opened().purgeChats({ chatIds: [chatId] });
  catchUpAll(opened());
  store?.close();
  store = null;
  const raw = new DatabaseSync(path);
  raw.exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  expect(raw.prepare("SELECT ending FROM messageEndings ORDER BY sequence").all()).toEqual(
    ["en", "öl", "on", "qx", "re", " c"].map((ending) => ({ ending })),
  );
  expect(raw.prepare("PRAGMA user_version").get()).toEqual({ user_version: newestSchema });
  raw.close();
  expect(foundChats(opened(), "ärzte")).toHaveLength(1);
});
