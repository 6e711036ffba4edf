import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ReplyEnd } from "../../../electron/workbench/chats/MessageTable.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";

const model = { id: "nano", name: "R1 Nano" };
const stats: ReplyStats = {
  promptTokens: 9,
  cachedTokens: 4,
  thoughtTokens: 2,
  answerTokens: 1,
  ttftMs: 7,
  thoughtMs: 3,
  thoughtCut: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: 5,
  stopReason: "end",
  speedSamples: [5, 6],
};
const problem = { code: "engine-down", message: "It stopped." } as const;
const end: ReplyEnd = { text: "forty-two", thought: "adding it up", state: "failed", stats, problem };
/** Values that no version of the app writes, and valid ones with one letter changed. */
const nonsense = ["", "x", "{", "7", "null", "[]", "{}", '{"id":7}', '{"__proto__":{"a":1}}', '"\\ud800"', "nul"];

let home: string;
let path: string;
let chatId: string;
let otherChatId: string;
let store: ChatStore | null;
/** Another program's connection to the file. */
let raw: DatabaseSyncInstance | null = null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "damaged-rows-"));
  path = join(home, "store", "chats.db");
  store = new ChatStore(home);
  chatId = newChat("the first question", "and the second");
  otherChatId = newChat("the other chat");
  store.configureChat({ chatId, systemPrompt: "Be brief.", thinking: "off" });
  close();
});
afterEach(() => {
  close();
  rmSync(home, { recursive: true, force: true });
});

function opened(): ChatStore {
  return (store ??= new ChatStore(home));
}

function close(): void {
  store?.close();
  store = null;
  raw?.close();
  raw = null;
}

function newChat(...questions: string[]): string {
  const { id } = opened().createChat({ thinking: "on", modelId: "nano" });
  for (const text of questions) {
    const { reply } = opened().beginTurn({ chatId: id, text, model });
    opened().finishReply({ messageId: reply.id, ...end });
  }
  return id;
}

/** Writes to the file without the app and its tables' rules. */
function change(sql: string, ...values: (string | number | bigint | null)[]): void {
  other()
    .prepare(sql)
    .run(...values);
}

function rows(sql: string, ...values: string[]): Record<string, string>[] {
  return other()
    .prepare(sql)
    .all(...values) as Record<string, string>[];
}

function other(): DatabaseSyncInstance {
  if (raw === null) {
    raw = new DatabaseSync(path);
    raw.exec("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF");
  }
  return raw;
}

/** Returns the text once for each letter, with that letter changed. */
const withOneOtherLetter = (text: string): string[] =>
  Array.from(text, (letter, at) => text.slice(0, at) + (letter === "b" ? "a" : "b") + text.slice(at + 1));

function expectOthersIntact(damagedId: string): void {
  const { messages } = opened().openChat({ chatId });
  expect(messages).toHaveLength(4);
  const damaged = messages.filter(({ id }) => id === damagedId);
  expect(damaged.map(({ problem: told }) => told?.code)).toEqual(["message-damaged"]);
  for (const message of messages) {
    if (message.id === damagedId) continue;
    const isReply = message.role === "assistant";
    expect(message).toMatchObject(
      isReply ? { text: "forty-two", thought: "adding it up", stats, problem, model } : { problem: null },
    );
  }
  expect(opened().openChat({ chatId: otherChatId }).messages).toHaveLength(2);
}

describe("a message changed on the disk is shown as damaged and affects no other", () => {
  const textColumns = ["text", "thought", "model", "stats", "problem"];
  it.each(textColumns)("in its %s", (column) => {
    const { id = "", value = "" } =
      rows(`SELECT id, ${column} AS value FROM messages WHERE chatId = ? AND role = 'assistant'`, chatId)[0] ?? {};
    for (const changed of [...nonsense, ...withOneOtherLetter(value)]) {
      change(`UPDATE messages SET ${column} = ? WHERE id = ?`, changed, id);
      expectOthersIntact(id);
      change(`UPDATE messages SET ${column} = ? WHERE id = ?`, value, id);
    }
  });

  it.each(["role", "state", "owner", "parentId", "chatId"])("in its %s", (column) => {
    const messages = rows("SELECT id, role, state, owner, parentId, chatId FROM messages WHERE chatId = ?", chatId);
    for (const message of messages) {
      const { id = "" } = message;
      change(`UPDATE messages SET ${column} = ? WHERE id = ?`, `${message[column]}b`, id);
      expectOthersIntact(id);
      change(`UPDATE messages SET ${column} = ? WHERE id = ?`, message[column] ?? null, id);
    }
  });

  it("in its time", () => {
    const [{ id = "" } = {}] = rows("SELECT id FROM messages WHERE chatId = ?", chatId);
    for (const changed of [0, -1, 2n ** 53n + 1n, 2n ** 63n - 1n]) {
      change("UPDATE messages SET createdAt = ? WHERE id = ?", changed, id);
      expectOthersIntact(id);
    }
  });

  it("in its place: messages that follow each other in a circle", () => {
    const [first, , third] = rows("SELECT id FROM messages WHERE chatId = ? ORDER BY sequence", chatId);
    change("UPDATE messages SET parentId = ? WHERE id = ?", third?.["id"] ?? "", first?.["id"] ?? "");
    expectOthersIntact(first?.["id"] ?? "");
    expect(opened().selectVersion({ messageId: third?.["id"] ?? "" }).messages.length).toBeGreaterThan(0);
  });

  it.each([-(2n ** 63n), -1n, 12345n, 2n ** 63n - 1n])(
    "in its number, %i: all are there, and more can follow",
    (sequence) => {
      const ids = rows("SELECT id FROM messages WHERE chatId = ? ORDER BY sequence", chatId).map(({ id = "" }) => id);
      for (const id of ids.slice(0, 3)) {
        const [{ before = 0n } = {}] = rows("SELECT CAST(sequence AS TEXT) AS before FROM messages WHERE id = ?", id);
        change("UPDATE messages SET sequence = ? WHERE id = ?", sequence, id);
        expect(
          opened()
            .openChat({ chatId })
            .messages.map((message) => message.id),
        ).toEqual(ids);
        change("UPDATE messages SET sequence = ? WHERE id = ?", BigInt(before), id);
      }
      change("UPDATE messages SET sequence = ? WHERE id = ?", sequence, ids[3] ?? "");
      change("UPDATE chats SET sequence = ? WHERE id = ?", sequence, otherChatId);
      const { reply } = opened().beginTurn({ chatId, text: "and a third", model });
      opened().finishReply({ messageId: reply.id, ...end });
      expect(
        opened()
          .openChat({ chatId })
          .messages.map(({ id }) => id),
      ).toEqual([...ids, expect.anything(), reply.id]);
      expect(opened().createChat({ thinking: "on", modelId: null }).problem).toBeNull();
    },
  );

  it("in any byte of the file that holds it", () => {
    const intact = readFileSync(path);
    const start = intact.indexOf('{"promptTokens":9');
    const length = JSON.stringify(stats).length;
    expect(start).toBeGreaterThan(0);
    let damaged = 0;
    for (let at = start; at < start + length; at += 4) {
      const changed = Buffer.from(intact);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(path, changed);
      const { messages } = opened().openChat({ chatId });
      expect(messages.map(({ text }) => text)).toEqual([
        "the first question",
        "forty-two",
        "and the second",
        "forty-two",
      ]);
      const others = opened().openChat({ chatId: otherChatId }).messages;
      damaged += [...messages, ...others].filter(({ problem: told }) => told?.code === "message-damaged").length;
      close();
    }
    expect(damaged).toBe(Math.ceil(length / 4));
  });

  it("in a piece of a reply that was being written when the app crashed", () => {
    const { reply } = opened().beginTurn({ chatId, text: "and a third", model });
    for (const answer of ["one, ", "two, ", "three"]) {
      opened().appendPieces({ messageId: reply.id, thought: "", answer });
    }
    change("UPDATE pieces SET text = '\"two' WHERE text = '\"two, \"'");
    change("UPDATE messages SET owner = 'nobody' WHERE state = 'streaming'");
    close();
    expect(opened().openChat({ chatId }).messages.at(-1)).toMatchObject({
      text: "one, three",
      problem: { code: "message-damaged" },
    });
  });
});

describe("a chat changed on the disk", () => {
  it.each(["title", "draft", "systemPrompt", "thinking"])("in its %s is listed, opens and says so", (column) => {
    for (const changed of nonsense.filter((value) => value !== '"\\ud800"')) {
      change(`UPDATE chats SET ${column} = ? WHERE id = ?`, changed, chatId);
      expect(opened().listChats({ cursor: null }).chats).toHaveLength(2);
      const { chat, messages } = opened().openChat({ chatId });
      expect(chat.problem?.code).toBe("chat-damaged");
      expect(messages).toHaveLength(4);
      expect(opened().readChat({ chatId: otherChatId }).problem).toBeNull();
    }
    opened().renameChat({ chatId, title: "Another title" });
    opened().saveDraft({ chatId, draft: "" });
    const settings = { systemPrompt: "", thinking: "on" } as const;
    expect(opened().configureChat({ chatId, ...settings }).problem).toBeNull();
  });

  it("in its times is listed and opens", () => {
    change("UPDATE chats SET createdAt = ?, updatedAt = ? WHERE id = ?", 2n ** 60n, 2n ** 62n, chatId);
    expect(opened().listChats({ cursor: null }).chats).toHaveLength(2);
    expect(opened().openChat({ chatId }).chat.problem?.code).toBe("chat-damaged");
  });

  it.each(["", "nobody", "7"])("in what hid it (%j) is not erased, but shown", (hiddenBy) => {
    close();
    change("UPDATE chats SET hiddenBy = ? WHERE id = ?", hiddenBy, chatId);
    expect(opened().listChats({ cursor: null }).chats).toHaveLength(2);
    expect(opened().openChat({ chatId }).messages).toHaveLength(4);
  });

  it("in its last selected version opens with its newest message, and can continue", () => {
    change("UPDATE chats SET leafId = 'gone' WHERE id = ?", chatId);
    expect(opened().openChat({ chatId }).messages).toHaveLength(4);
    const { reply, history } = opened().beginTurn({ chatId, text: "a third", model });
    expect(history).toHaveLength(5);
    opened().finishReply({ messageId: reply.id, ...end });
    expect(opened().openChat({ chatId }).messages).toHaveLength(6);
  });

  it("if the draft of the next new chat cannot be read, it is empty and can be written again", () => {
    change("UPDATE newChat SET draft = '{'");
    expect(opened().newDraft().draft).toBe("");
    change("DELETE FROM newChat");
    opened().saveDraft({ chatId: null, draft: "begun" });
    expect(opened().newDraft().draft).toBe("begun");
  });
});

describe("beside a message that is not valid JSON", () => {
  beforeEach(() => {
    change("UPDATE messages SET text = 'forty-two' WHERE chatId = ? AND role = 'assistant'", chatId);
  });

  it("the search finds the others", () => {
    for (const query of ["other", "ot"]) {
      expect(foundChats(opened(), query)).toContain(otherChatId);
    }
  });

  it("the chat can be erased, with its words in the index", () => {
    opened().purgeChats({ chatIds: [chatId] });
    catchUpAll(opened());
    close();
    expect(readFileSync(path).includes("second")).toBe(false);
    expect(
      opened()
        .listChats({ cursor: null })
        .chats.map(({ id }) => id),
    ).toEqual([otherChatId]);
    expect(foundChats(opened(), "forty-two")).toEqual([otherChatId]);
    const [{ words = 0 } = {}] = rows("SELECT count(*) AS words FROM messageSearch('\"second\"')");
    expect(words).toBe(0);
    other().exec("INSERT INTO messageSearch (messageSearch, rank) VALUES ('integrity-check', 1)");
  });
});
