import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { defaultReplySettings } from "../../../electron/contract/defaultReplySettings.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ReplyEnd } from "../../../electron/workbench/chats/MessageTable.ts";
import { earlierStores, putEarlierStore } from "../../support/chats/earlierStores.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

const model = { id: "nano", name: "R1 Nano" };
const done: ReplyEnd = { text: "42", thought: "17 + 25", state: "done", stats: null, problem: null };

let home: string;
let opened: ChatStore[] = [];

function open(): ChatStore {
  const store = new ChatStore(home);
  opened.push(store);
  return store;
}

function close(store: ChatStore): void {
  opened = opened.filter((other) => other !== store);
  store.close();
}

function answeredChat(store: ChatStore, text: string, end: ReplyEnd = done) {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const { reply, history } = store.beginTurn({ chatId, text, model });
  store.finishReply({ messageId: reply.id, ...end });
  const [question] = history;
  if (question === undefined) throw new Error("no question");
  return { chatId, question, reply };
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "chat-store-"));
});
afterEach(() => {
  for (const store of opened) store.close();
  opened = [];
  rmSync(home, { recursive: true, force: true });
});

describe("the draft of the next new chat", () => {
  it("is stored, also in a store of the first schema", () => {
    const first = open();
    first.saveDraft({ chatId: null, draft: "a question\0 begun" });
    close(first);
    const second = open();
    expect(second.newDraft().draft).toBe("a question\0 begun");
    close(second);
    putEarlierStore(home, earlierStores[0] ?? "");
    expect(open().newDraft().draft).toBe("");
  });
});

test("a draft is still saved for a chat that was deleted and may be restored", () => {
  const store = open();
  const { chatId } = answeredChat(store, "one");
  store.hideChats({ chatIds: [chatId] });
  store.saveDraft({ chatId, draft: "typed just before", pasted: [] });
  expect(() => store.readChat({ chatId })).toThrow("chat-not-found");
  store.restoreChats({ chatIds: [chatId] });
  expect(store.readChat({ chatId }).draft).toBe("typed just before");
  store.purgeChats({ chatIds: [chatId] });
  expect(() => store.saveDraft({ chatId, draft: "too late" })).toThrow("chat-not-found");
});

describe("the place in a chat", () => {
  const place = { messageId: "m1", from: "answer", offsetPixels: 120.5, widthPixels: 600 } as const;

  it("is stored for each chat, and deleted with the chat", () => {
    const first = open();
    const { chatId } = answeredChat(first, "one");
    const other = answeredChat(first, "two");
    expect(first.openChat({ chatId }).chat.place).toBeNull();
    first.savePlace({ chatId, place });
    close(first);
    const second = open();
    expect(second.openChat({ chatId }).chat.place).toEqual(place);
    expect(second.openChat({ chatId: other.chatId }).chat.place).toBeNull();
    second.savePlace({ chatId, place: null });
    expect(second.openChat({ chatId }).chat.place).toBeNull();
    second.purgeChats({ chatIds: [chatId] });
    expect(() => second.savePlace({ chatId, place })).toThrow(expect.objectContaining({ code: "chat-not-found" }));
  });

  it("that cannot be read is treated as the end", () => {
    const store = open();
    const { chatId } = answeredChat(store, "one");
    close(store);
    for (const text of ["{", "7", '{"messageId":"m1"}', JSON.stringify({ ...place, offsetPixels: "far" })]) {
      const raw = new DatabaseSync(join(home, "store", "chats.db"));
      raw.prepare("UPDATE chats SET place = ?").run(text);
      raw.close();
      const again = open();
      expect(again.openChat({ chatId }).chat.place).toBeNull();
      close(again);
    }
  });
});

describe("the model of a chat", () => {
  it("in a store from before chats had their own is the one that wrote the last reply", () => {
    const first = open();
    const { chatId } = answeredChat(first, "one");
    const { reply } = first.beginTurn({ chatId, text: "two", model: { id: "qwen", name: "Qwen" } });
    first.finishReply({ messageId: reply.id, ...done });
    const empty = first.createChat({ thinking: "on", modelId: null });
    const damaged = answeredChat(first, "three");
    close(first);
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec(`ALTER TABLE messages DROP COLUMN summary; DROP TABLE folderDocuments; DROP TABLE folderSources; DROP TABLE attachments; DROP TABLE documentTexts; DROP TABLE documents; DROP TRIGGER endingAdded; DROP TRIGGER endingChanged; DROP TRIGGER endingRemoved;
      DROP TABLE messageEndings; DROP INDEX messagesByChat; DROP INDEX chatsShown;
      DROP INDEX chatsInFolder; DROP INDEX chatsArchived; DROP INDEX chatsByFolder;
      ALTER TABLE chats DROP COLUMN folderId; ALTER TABLE chats DROP COLUMN archived; ALTER TABLE chats DROP COLUMN searchesFolder; DROP TABLE folders;
      ALTER TABLE chats DROP COLUMN promptFrom; ALTER TABLE chats DROP COLUMN foldedTitle;
      DROP TRIGGER messageAdded; DROP TRIGGER messageChanged; DROP TRIGGER messageRemoved;
      DROP TRIGGER chatShown; DROP TABLE unindexedMessages;
      DROP VIEW searchableMessages; ALTER TABLE messages DROP COLUMN folded;
      ALTER TABLE chats DROP COLUMN edit; ALTER TABLE chats DROP COLUMN pinned; ALTER TABLE chats DROP COLUMN replySettings;
      ALTER TABLE chats DROP COLUMN pasted; ALTER TABLE newChat DROP COLUMN pasted; ALTER TABLE newChat DROP COLUMN beginning;
      ALTER TABLE chats DROP COLUMN place; PRAGMA user_version = 3`);
    raw.prepare("UPDATE messages SET model = '{' WHERE id = ?").run(damaged.reply.id);
    raw.close();
    const second = open();
    const modelOf = (id: string) => second.readChat({ chatId: id }).modelId;
    expect([modelOf(chatId), modelOf(empty.id), modelOf(damaged.chatId)]).toEqual(["qwen", null, null]);
  });
});

test("pinned chats come first, on all pages, and stay where they are when the app restarts", () => {
  const first = open();
  const ids = Array.from({ length: 130 }, () => first.createChat({ thinking: "on", modelId: null }).id);
  const [oldest = "", second = ""] = ids;
  first.pinChats({ chatIds: [oldest, second], pinned: true });
  close(first);
  const store = open();
  const listed = (): string[] => {
    const { chats, next } = store.listChats({ cursor: null });
    return [...chats, ...store.listChats({ cursor: next }).chats].map(({ id }) => id);
  };
  expect(listed()).toEqual([second, oldest, ...ids.slice(2).toReversed()]);
  expect(store.readChat({ chatId: oldest }).pinned).toBe(true);
  store.pinChats({ chatIds: [oldest], pinned: false });
  expect(listed().at(-1)).toBe(oldest);
  expect(() => store.pinChats({ chatIds: [oldest, "gone"], pinned: true })).toThrow(
    expect.objectContaining({ code: "chat-not-found" }),
  );
  expect(store.readChat({ chatId: oldest }).pinned).toBe(false);
});

test("many chats are hidden together or not at all, and restored together", () => {
  const store = open();
  const ids = Array.from({ length: 3 }, () => store.createChat({ thinking: "on", modelId: null }).id);
  const count = (): number => store.listChats({ cursor: null }).chats.length;
  expect(() => store.hideChats({ chatIds: [...ids, "gone"] })).toThrow();
  expect(count()).toBe(3);
  store.hideChats({ chatIds: ids });
  expect(count()).toBe(0);
  store.restoreChats({ chatIds: ids });
  expect(count()).toBe(3);
});

test("the settings of a chat's replies are kept, and can be reset one by one", () => {
  const first = open();
  const { id: chatId, replySettings } = first.createChat({ thinking: "on", modelId: null });
  expect(replySettings).toEqual(defaultReplySettings);
  const chosen = { temperature: 0, topP: 0.5, maxTokens: 900, thoughtTokens: 600, thoughtSeconds: 30, seed: 7 };
  first.configureChat({ chatId, replySettings: chosen });
  first.configureChat({ chatId, systemPrompt: "Be brief." });
  close(first);
  const store = open();
  expect(store.readChat({ chatId }).replySettings).toEqual(chosen);
  expect(store.configureChat({ chatId, replySettings: { ...chosen, seed: null } }).replySettings.seed).toBeNull();
});

test("a chat for which no model was chosen keeps the first one that answers", () => {
  const store = open();
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  expect(store.keepModel({ chatId, modelId: "nano" })?.modelId).toBe("nano");
  expect(store.keepModel({ chatId, modelId: "qwen" })).toBeNull();
  expect(store.readChat({ chatId }).modelId).toBe("nano");
  expect(() => store.keepModel({ chatId: "gone", modelId: "nano" })).toThrow();
});

test("what was chosen for the next new chat is kept beside its draft", () => {
  const first = open();
  const beginning = { thinking: "off" as const, systemPrompt: "Be brief.\0", replySettings: defaultReplySettings };
  first.saveBeginning({ beginning });
  first.saveDraft({ chatId: null, draft: "Hello" });
  close(first);
  const store = open();
  expect(store.newDraft()).toEqual({ draft: "Hello", pasted: [], beginning });
  store.saveBeginning({ beginning: null });
  expect(store.newDraft()).toEqual({ draft: "Hello", pasted: [], beginning: null });
});

test("pasted texts are kept with a draft until they change or the message is sent", () => {
  const first = open();
  const { id: chatId } = first.createChat({ thinking: "on", modelId: null });
  for (const id of [chatId, null]) {
    first.saveDraft({ chatId: id, draft: "About:", pasted: ["a long text\0", "another"] });
    first.saveDraft({ chatId: id, draft: "About these:" });
  }
  close(first);
  const store = open();
  const draft = { draft: "About these:", pasted: ["a long text\0", "another"] };
  expect(store.readChat({ chatId })).toMatchObject(draft);
  expect(store.newDraft()).toEqual({ ...draft, beginning: null });
  store.beginTurn({ chatId, text: "About these: …", model });
  expect(store.readChat({ chatId })).toMatchObject({ draft: "", pasted: [] });
  store.saveDraft({ chatId: null, draft: "", pasted: [] });
  expect(store.newDraft()).toEqual({ draft: "", pasted: [], beginning: null });
});

test("what is looked for in a chat is counted in every message of the shown branch, and in thoughts", () => {
  const store = open();
  const { chatId, reply } = answeredChat(store, "Is 36 a perfect square? Perfect!");
  const other = store.beginVersion({ messageId: reply.id, model });
  store.finishReply({
    ...done,
    messageId: other.reply.id,
    thought: "A perfect  square needs even exponents.",
    text: "A **perfect** square: [perfect\nsquare](https://square.example). A square is perfect.",
  });
  const questionId = reply.parentId;
  expect(store.findInChat({ chatId, query: "PERFECT square", asPhrase: true })).toEqual([
    { messageId: questionId, part: "text", count: 1 },
    { messageId: other.reply.id, part: "thought", count: 1 },
    { messageId: other.reply.id, part: "text", count: 2 },
  ]);
  expect(store.findInChat({ chatId, query: "perfect square", asPhrase: false })).toMatchObject([
    { part: "text", count: 2 },
    { part: "thought", count: 1 },
    { part: "text", count: 4 },
  ]);
  expect(store.findInChat({ chatId, query: "  ", asPhrase: true })).toEqual([]);
  expect(() => store.findInChat({ chatId: "gone", query: "a", asPhrase: true })).toThrow();
});

describe("a title", () => {
  it("is empty until a message contains words; the placeholder is in the reader's language", () => {
    const store = open();
    const { id: chatId, title } = store.createChat({ thinking: "on", modelId: null });
    expect(title).toBe("");
    const { chat, reply } = store.beginTurn({ chatId, text: "\u0001\n", model });
    expect(chat.title).toBe("");
    store.finishReply({ messageId: reply.id, ...done });
    expect(store.beginTurn({ chatId, text: "What is 17 + 25?", model }).chat.title).toBe("What is 17 + 25?");
  });
});

describe("a turn", () => {
  it("is on disk before generation starts, then ends once", () => {
    const store = open();
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    store.saveDraft({ chatId, draft: "What is 17 + 25?" });
    const { reply, history } = store.beginTurn({ chatId, text: "What is 17 + 25?", model });
    expect(history.map(({ text }) => text)).toEqual(["What is 17 + 25?"]);
    expect(reply).toMatchObject({ state: "streaming", text: "", thought: null, model });
    store.appendPieces({ messageId: reply.id, thought: "7 + 5", answer: "" });
    store.appendPieces({ messageId: reply.id, thought: " = 12", answer: "4" });
    expect(store.readMessage({ messageId: reply.id })).toMatchObject({ thought: "7 + 5 = 12", text: "4" });
    store.finishReply({ messageId: reply.id, ...done });
    const { chat, messages } = store.openChat({ chatId });
    expect(chat).toMatchObject({ title: "What is 17 + 25?", draft: "" });
    expect(messages.map(({ role, text, state }) => [role, text, state])).toEqual([
      ["user", "What is 17 + 25?", "done"],
      ["assistant", "42", "done"],
    ]);
  });

  it("allows one reply at a time in a chat", () => {
    const store = open();
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    store.beginTurn({ chatId, text: "one", model });
    expect(() => store.beginTurn({ chatId, text: "two", model })).toThrow(
      expect.objectContaining({ code: "chat-busy" }),
    );
    expect(store.openChat({ chatId }).messages).toHaveLength(2);
  });

  it("keeps every text exactly", () => {
    const store = open();
    const texts = [
      "a\0b",
      "\ud800 lone",
      "\udc00",
      "\u202Eabc\u202C",
      "👩‍👩‍👧",
      "\uFEFFbom",
      "\uFFFD",
      "' OR 1=1 --",
      '"',
      "\\",
      "\r\n\t",
      "你好",
    ];
    for (const text of texts) {
      const { chatId } = answeredChat(store, text, { ...done, text, thought: text });
      const [question, reply] = store.openChat({ chatId }).messages;
      expect([question?.text, reply?.text, reply?.thought]).toEqual([text, text, text]);
    }
  });
});

describe("versions", () => {
  it("keeps each reply and each question, and shows the chosen branch", () => {
    const store = open();
    const { chatId, question, reply } = answeredChat(store, "first");
    const second = store.beginVersion({ messageId: reply.id, model }).reply;
    store.finishReply({ messageId: second.id, ...done, text: "43" });
    expect(store.openChat({ chatId }).messages.at(-1)).toMatchObject({
      text: "43",
      version: { index: 2, count: 2, ids: [reply.id, second.id] },
    });
    const edit = store.beginEdit({ messageId: question.id, text: "edited", model });
    store.finishReply({ messageId: edit.reply.id, ...done, text: "44" });
    expect(store.openChat({ chatId }).messages.map(({ text }) => text)).toEqual(["edited", "44"]);
    const back = store.selectVersion({ messageId: question.id });
    expect(back.messages.map(({ text }) => text)).toEqual(["first", "43"]);
    // From this version on; the messages above it do not change.
    expect(store.selectVersion({ messageId: reply.id }).messages.map(({ text }) => text)).toEqual(["42"]);
    expect(store.openChat({ chatId }).messages.map(({ text }) => text)).toEqual(["first", "42"]);
  });

  it("refuses to edit a reply; regenerating a question adds a reply to it", () => {
    const store = open();
    const { question, reply } = answeredChat(store, "x");
    const refused = expect.objectContaining({ code: "input-invalid" });
    expect(() => store.beginEdit({ messageId: reply.id, text: "y", model })).toThrow(refused);
    const begun = store.beginVersion({ messageId: question.id, model });
    expect(begun.reply).toMatchObject({ parentId: question.id, version: { index: 2, count: 2 } });
  });
});

describe("owners", () => {
  it("interrupts the replies of a dead process and keeps their text", () => {
    const first = open();
    const { id: chatId } = first.createChat({ thinking: "on", modelId: null });
    const { reply } = first.beginTurn({ chatId, text: "x", model });
    first.appendPieces({ messageId: reply.id, thought: "so", answer: "far" });
    close(first);
    expect(open().readMessage({ messageId: reply.id })).toMatchObject({
      state: "interrupted",
      thought: "so",
      text: "far",
    });
  });

  it("leaves the replies and hidden chats of a running one alone", () => {
    const first = open();
    const { id: chatId } = first.createChat({ thinking: "on", modelId: null });
    const { reply } = first.beginTurn({ chatId, text: "x", model });
    const hidden = answeredChat(first, "hidden");
    first.hideChats({ chatIds: [hidden.chatId] });
    const second = open();
    expect(second.readMessage({ messageId: reply.id }).state).toBe("streaming");
    expect(() => second.beginVersion({ messageId: reply.id, model })).toThrow(
      expect.objectContaining({ code: "chat-busy" }),
    );
    first.restoreChats({ chatIds: [hidden.chatId] });
    expect(second.openChat({ chatId: hidden.chatId }).messages).toHaveLength(2);
    expect(second.changedElsewhere()).toBe(true);
    expect(second.changedElsewhere()).toBe(false);
  });
});

describe("deleting", () => {
  it("hides and restores a chat, and erases it at the next start", () => {
    const first = open();
    const kept = answeredChat(first, "kept");
    const gone = answeredChat(first, "gone");
    first.hideChats({ chatIds: [kept.chatId] });
    expect(first.listChats({ cursor: null }).chats.map(({ title }) => title)).toEqual(["gone"]);
    expect(() => first.openChat({ chatId: kept.chatId })).toThrow(expect.objectContaining({ code: "chat-not-found" }));
    first.restoreChats({ chatIds: [kept.chatId] });
    first.hideChats({ chatIds: [gone.chatId] });
    close(first);
    const second = open();
    expect(second.listChats({ cursor: null }).chats.map(({ title }) => title)).toEqual(["kept"]);
    expect(() => second.restoreChats({ chatIds: [gone.chatId] })).toThrow(
      expect.objectContaining({ code: "chat-not-found" }),
    );
  });

  it("leaves no trace of an erased chat on the disk", () => {
    const store = open();
    const canary = "canaryzqxj";
    const { chatId } = answeredChat(store, canary, { ...done, text: canary, thought: canary });
    store.saveDraft({ chatId, draft: canary });
    const traces = () =>
      readdirSync(join(home, "store"), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter(({ name }) => readFileSync(join(home, "store", name)).includes("zqx"));
    expect(traces()).not.toEqual([]);
    store.purgeChats({ chatIds: [chatId] });
    catchUpAll(store);
    expect(traces()).toEqual([]);
    expect(foundChats(store, canary)).toEqual([]);
  });
});

describe("searching", () => {
  it("finds words in titles and messages, treating operators as plain words", () => {
    const store = open();
    const sum = answeredChat(store, 'What is "17" + 25? NEAR(a b) col:*', {
      ...done,
      text: "Ergebnis 你好世界",
    }).chatId;
    const other = answeredChat(store, "Nothing of the kind").chatId;
    store.renameChat({ chatId: other, title: "Ünlü başlık" });
    const found = (query: string) => foundChats(store, query);
    for (const query of ['"17"', "NEAR(", "col:*", "ergebnis", "世界", "好", "what 25"]) {
      expect(found(query), query).toEqual([sum]);
    }
    expect(found("ünlü")).toEqual([other]);
    for (const query of ['"', "'", "*", "^what", "col:what", "-what", "a OR", "\0", "what AND nothing", "%", "_"]) {
      expect(() => found(query), query).not.toThrow();
    }
    expect(found("what nothing")).toEqual([]);
    expect(found("%%%")).toEqual([]);
  });
});

describe("the file", () => {
  it("is private", () => {
    const store = open();
    answeredChat(store, "x");
    expect(statSync(join(home, "store")).mode & 0o777).toBe(0o700);
    for (const name of ["chats.db", "chats.db-wal", "chats.db-shm"]) {
      expect(statSync(join(home, "store", name)).mode & 0o777, name).toBe(0o600);
    }
  });

  it("reports a message that was changed on the disk, and keeps the others", () => {
    const store = open();
    const { chatId, reply } = answeredChat(store, "intact");
    close(store);
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.prepare("UPDATE messages SET text = '\"43\"' WHERE id = ?").run(reply.id);
    raw.close();
    const [question, changed] = open().openChat({ chatId }).messages;
    expect(question).toMatchObject({ text: "intact", problem: null });
    expect(changed).toMatchObject({ text: "43", problem: { code: "message-damaged" } });
  });

  it("from a newer app is refused and not changed", () => {
    close(open());
    const path = join(home, "store", "chats.db");
    const raw = new DatabaseSync(path);
    raw.exec("PRAGMA user_version = 999");
    raw.close();
    const before = readFileSync(path);
    expect(open).toThrow(expect.objectContaining({ code: "store-newer" }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    ["text instead of a database", (size: number) => Buffer.alloc(size, "this is not a database ")],
    ["a zeroed header", (_size: number, was: Buffer) => Buffer.concat([Buffer.alloc(100), was.subarray(100)])],
    ["half of it gone", (size: number, was: Buffer) => was.subarray(0, size / 2)],
  ])("that is damaged (%s) is set aside completely, and another one takes its place", (_name, damage) => {
    const first = open();
    for (let index = 0; index < 20; index++) answeredChat(first, `chat ${index} `.repeat(500));
    close(first);
    const path = join(home, "store", "chats.db");
    const was = readFileSync(path);
    const damaged = damage(was.length, was);
    writeFileSync(path, damaged);
    // What a process that crashed leaves behind: the next start then checks every page.
    writeFileSync(join(home, "store", "owners", "00000000-0000-4000-8000-000000000000.owner"), "");
    const second = open();
    expect(second.notice).toMatchObject({ code: "store-corrupt" });
    const [shelf] = readdirSync(join(home, "quarantine"));
    expect(readFileSync(join(home, "quarantine", shelf ?? "", "chats.db")).equals(damaged)).toBe(true);
    answeredChat(second, "works");
    expect(second.listChats({ cursor: null }).chats.length).toBeGreaterThan(0);
    close(second);
    expect(open().notice).toBeNull();
  });
});

describe("a draft that two windows change", () => {
  it("keeps what both have written since they last agreed; pasted texts too", () => {
    const store = open();
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    const before = { draft: "Hello", pasted: ["a"] };
    store.saveDraft({ chatId, ...before });
    store.saveDraft({ chatId, draft: "Hello from here", pasted: ["a", "b"], before });
    expect(store.saveDraft({ chatId, draft: "Oh, Hello", before: { draft: "Hello" } })).toEqual({
      draft: "Oh, Hello from here",
    });
    expect(store.saveDraft({ chatId, draft: "Hello", pasted: [], before })).toEqual({
      draft: "Oh, Hello from here",
      pasted: ["b"],
    });
    expect(store.readChat({ chatId })).toMatchObject({ draft: "Oh, Hello from here", pasted: ["b"] });
    // Without it, the last one counts.
    store.saveDraft({ chatId, draft: "", pasted: [] });
    expect(store.readChat({ chatId })).toMatchObject({ draft: "", pasted: [] });
  });

  it("is cleared by sending it, except for what was added since", () => {
    const store = open();
    const { chatId, reply } = answeredChat(store, "one");
    store.saveDraft({ chatId, draft: "two and more", pasted: ["a", "b"] });
    const { chat } = store.beginTurn({ chatId, text: "two", model, from: { draft: "two", pasted: ["a"] } });
    expect(chat).toMatchObject({ draft: " and more", pasted: ["b"] });
    expect(reply.chatId).toBe(chatId);
  });
});

test("an edit is kept with its chat until its message is sent anew, which leaves the draft alone", () => {
  const first = open();
  const { chatId, question, reply } = answeredChat(first, "one");
  first.saveDraft({ chatId, draft: "a draft" });
  first.saveEdit({ chatId, edit: { messageId: question.id, text: "one\0, but better" } });
  close(first);
  const second = open();
  expect(second.readChat({ chatId }).edit).toEqual({ messageId: question.id, text: "one\0, but better" });
  second.beginEdit({ messageId: question.id, text: "one, but better", model });
  expect(second.readChat({ chatId })).toMatchObject({ edit: null, draft: "a draft" });
  expect(() => second.saveEdit({ chatId: "gone", edit: null })).toThrow("chat-not-found");
  expect(reply.chatId).toBe(chatId);
});
