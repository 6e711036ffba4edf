import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "@photostructure/sqlite";
import type { ErrorCode } from "../../../electron/contract/errors.ts";
import type { FoundChats } from "../../../electron/workbench/imports/importOperations.ts";
import { chatFileVersion } from "../../../electron/workbench/exports/chatFile.ts";
import { zipFile } from "./zipFile.ts";

/** A file from elsewhere, and what becomes of it: the code of its refusal, or what its preview says. */
export interface HostileImport {
  name: string;
  write: (path: string) => Promise<void> | void;
  ends: { code: ErrorCode; case?: string } | Partial<FoundChats>;
}

const text =
  (content: string | Buffer) =>
  (path: string): void =>
    writeFileSync(path, content);
const json = (value: unknown) => text(JSON.stringify(value));

const head = { format: "r1-workbench-chats", version: 1, app: "0", exportedAt: "", thoughts: true, chats: 1 };
export const chat = {
  type: "chat",
  id: "c1",
  title: "Title",
  titledBy: "user",
  createdAt: 1,
  updatedAt: 2,
  pinned: false,
  thinking: "on",
  systemPrompt: "",
  replySettings: null,
  modelId: null,
  leafId: null,
  promptFrom: null,
  place: null,
  draft: "",
  pasted: null,
  edit: null,
};
export const message = {
  type: "message",
  id: "m1",
  parentId: null,
  role: "user",
  createdAt: 1,
  text: "hello",
  thought: null,
  state: "done",
  model: null,
  stats: null,
  problem: null,
};

/** A chat file with these lines and a right end, whatever the lines are. */
export function chatFile(records: (object | string)[]): string {
  const lines = [head, ...records].map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
  const body = lines.map((line) => `${line}\n`).join("");
  const count = (type: string): number => lines.slice(1).filter((line) => line.includes(`"type":"${type}"`)).length;
  const sha256 = createHash("sha256").update(body).digest("hex");
  return `${body}${JSON.stringify({ type: "end", chats: count("chat"), messages: count("message"), sha256 })}\n`;
}
const ours = (...records: (object | string)[]) => text(chatFile(records));
const good = { chats: 1, messages: 1, skipped: [], isComplete: true };
const damagedOne = { chats: 1, skipped: [{ reason: "damaged", count: 1 }] } satisfies Partial<FoundChats>;
const second = [
  { ...chat, id: "c2" },
  { ...message, id: "m2" },
];

const node = (id: string, parent: string | null, role: string, said: string) => ({
  id,
  parent,
  children: [],
  message: { author: { role }, content: { content_type: "text", parts: [said] } },
});
const chatgpt = (mapping: Record<string, unknown>, more: object = {}) => ({ id: "g1", title: "G", mapping, ...more });
const plain = { a: node("a", null, "user", "q"), b: node("b", "a", "assistant", "r") };
const openwebui = (said: string, id = "o1") => ({
  id,
  chat: {
    title: "O",
    messages: [
      { role: "user", content: "q" },
      { role: "assistant", content: said },
    ],
  },
});
const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
const repeated = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) =>
      chatgpt({ a: node("a", null, "user", String(index)) }, { id: `n${index}` }),
    ),
  );

/** Changes bytes of a .zip file. */
async function changedZip(
  path: string,
  files: Record<string, string>,
  change: (bytes: Buffer) => Buffer,
): Promise<void> {
  await zipFile(path, files);
  writeFileSync(path, change(readFileSync(path)));
}
const replaced = (from: string, to: string) => (bytes: Buffer) =>
  Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");

function database(path: string, sql: string): void {
  const opened = new DatabaseSync(path);
  opened.exec(sql);
  opened.close();
}
const tables = `CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT, created_at TIMESTAMP);
  CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT, created_at TIMESTAMP);`;
const endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id";

export const preset = { type: "preset", id: "p1", name: "Name", text: "Text" };
export const folder = { type: "folder", id: "f1", name: "Folder" };

const numberedFolders = (length: number): { id: string; name: string }[] =>
  Array.from({ length }, (_, index) => ({ id: `f${index}`, name: `${index}` }));

/** At least sixty files that someone could give to the app. */
export const hostileImports: HostileImport[] = [
  {
    name: "presets and folders with names that hide themselves",
    write: ours({ ...preset, name: "a\u202eb\nc" }, { ...folder, name: " \u2066x\u2028 " }, chat, message),
    ends: {
      ...good,
      folders: [{ id: "f1", name: "x" }],
      presets: [{ id: "p1", name: "a b c", text: "Text" }],
    },
  },
  {
    name: "presets and folders of wrong types",
    write: ours(
      { ...preset, text: " " },
      { ...preset, isAdmin: true },
      { ...folder, name: "\u200b" },
      { ...folder, id: 7 },
      chat,
      message,
    ),
    ends: { chats: 1, folders: [], presets: [], isComplete: false },
  },
  {
    name: "a folder and a preset among the chats",
    write: ours(chat, folder, preset, message),
    ends: { chats: 1, messages: 1, folders: [], presets: [], isComplete: false },
  },
  {
    name: "1,000 folders and presets",
    write: ours(
      ...numberedFolders(1000).map((each) => ({ ...folder, ...each })),
      ...Array.from({ length: 1000 }, (_, index) => ({ ...preset, id: `p${index}` })),
      chat,
      message,
    ),
    ends: { chats: 1, folders: numberedFolders(500), isComplete: false },
  },
  { name: "empty", write: text(""), ends: { code: "import-not-known" } },
  { name: "only spaces", write: text(" \n\t\n"), ends: { code: "import-not-known" } },
  { name: "prose", write: text("Dear diary,\n".repeat(100)), ends: { code: "import-not-known" } },
  {
    name: "a program",
    write: text(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3])),
    ends: { code: "import-not-known" },
  },
  { name: "zeros", write: text(Buffer.alloc(100_000)), ends: { code: "import-not-known" } },
  { name: "other JSON", write: json({ settings: { command: "rm -rf ~" } }), ends: { code: "import-not-known" } },
  { name: "JSON cut off", write: text('[{"mapping":{"a":'), ends: { code: "import-not-known" } },
  { name: "a list of numbers", write: json([1, 2, 3]), ends: { code: "import-not-known" } },
  { name: "null", write: text("null"), ends: { code: "import-not-known" } },
  { name: "deep lists", write: text(nested(1_000_000)), ends: { code: "import-not-known" } },
  {
    name: "deep objects",
    write: text(`${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`),
    ends: { code: "import-not-known" },
  },
  {
    name: "invalid UTF-8",
    write: text(Buffer.from([0xff, 0xfe, 0x7b, 0xc3, 0x28])),
    ends: { code: "import-not-known" },
  },

  {
    name: "a newer version",
    write: text(`${JSON.stringify({ ...head, version: chatFileVersion + 1 })}\n`),
    ends: { code: "import-newer" },
  },
  {
    name: "a version of text",
    write: text(`${JSON.stringify({ ...head, version: "1" })}\n`),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "a negative version",
    write: text(`${JSON.stringify({ ...head, version: -1 })}\n`),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "a head with a command",
    write: text(`${JSON.stringify({ ...head, command: "calc.exe" })}\n`),
    ends: { code: "import-failed", case: "damaged" },
  },
  { name: "only a head", write: ours(), ends: { code: "import-nothing" } },
  {
    name: "a summary that is too long",
    write: ours(
      chat,
      { ...message, summary: { text: "s".repeat(20_001), model: { id: "", name: "" }, createdAt: 0 } },
      ...second,
    ),
    ends: damagedOne,
  },
  { name: "a message without a chat", write: ours(message), ends: { code: "import-nothing" } },
  {
    name: "an unknown field",
    write: ours({ ...chat, onOpen: "file:///etc/passwd" }, message, ...second),
    ends: damagedOne,
  },
  {
    name: "an own __proto__",
    write: ours(JSON.stringify(chat).replace("{", '{"__proto__":{"isAdmin":true},'), message, ...second),
    ends: damagedOne,
  },
  {
    name: "a constructor",
    write: ours({ ...chat, constructor: { prototype: {} } }, message, ...second),
    ends: damagedOne,
  },
  {
    name: "a message that is its own parent",
    write: ours(chat, { ...message, parentId: "m1" }, ...second),
    ends: damagedOne,
  },
  {
    name: "a circle of messages",
    write: ours(chat, { ...message, parentId: "x" }, { ...message, id: "x", parentId: "m1" }, ...second),
    ends: damagedOne,
  },
  {
    name: "a parent of another chat",
    write: ours(chat, message, { ...chat, id: "c2" }, { ...message, id: "m2", parentId: "m1" }),
    ends: damagedOne,
  },
  { name: "an orphan", write: ours(chat, { ...message, parentId: "gone" }, ...second), ends: damagedOne },
  { name: "the same message twice", write: ours(chat, message, message, ...second), ends: damagedOne },
  { name: "a number as text", write: ours(chat, { ...message, text: 42 }, ...second), ends: damagedOne },
  { name: "a date beyond all dates", write: ours({ ...chat, createdAt: 9e15 }, message, ...second), ends: damagedOne },
  { name: "a date with a fraction", write: ours({ ...chat, updatedAt: 1.5 }, message, ...second), ends: damagedOne },
  { name: "a date of text", write: ours({ ...chat, createdAt: "yesterday" }, message, ...second), ends: damagedOne },
  { name: "a role of its own", write: ours(chat, { ...message, role: "system" }, ...second), ends: damagedOne },
  {
    name: "a reply that never ends",
    write: ours(chat, { ...message, state: "streaming" }, ...second),
    ends: damagedOne,
  },
  {
    name: "an id of a megabyte",
    write: ours({ ...chat, id: "x".repeat(1_000_000) }, message, ...second),
    ends: damagedOne,
  },
  { name: "an empty id", write: ours({ ...chat, id: "" }, message, ...second), ends: damagedOne },
  {
    name: "a title of a megabyte",
    write: ours({ ...chat, title: "x".repeat(1_000_000) }, message, ...second),
    ends: damagedOne,
  },
  {
    name: "figures of a megabyte",
    write: ours(chat, { ...message, stats: { a: "x".repeat(1_000_000) } }, ...second),
    ends: damagedOne,
  },
  {
    name: "deep figures",
    write: ours(chat, JSON.stringify(message).replace('"stats":null', `"stats":{"a":${nested(5000)}}`), ...second),
    ends: damagedOne,
  },
  { name: "a line that is not JSON", write: ours(chat, "{{{{", ...second), ends: damagedOne },
  {
    name: "a string of 100 MB",
    write: ours(chat, { ...message, text: "x".repeat(100_000_000) }, ...second),
    ends: { chats: 1, skipped: [{ reason: "tooLarge", count: 1 }] },
  },
  { name: "lone surrogates", write: ours(chat, { ...message, text: "\uD800 \uDC00" }), ends: good },
  { name: "NUL and escape sequences", write: ours({ ...chat, title: "\u0000\u001B[2J" }, message), ends: good },
  {
    name: "a path and a URL in fields",
    write: ours({ ...chat, modelId: "../../../etc/passwd", title: "file:///C:/x" }, message),
    ends: good,
  },
  {
    name: "the id of a temporary chat",
    write: ours({ ...chat, id: "temporary-1" }, { ...message, id: "temporary-2" }),
    ends: good,
  },
  {
    name: "no end",
    write: text(chatFile([chat, message]).split("\n").slice(0, -2).join("\n")),
    ends: { ...good, isComplete: false },
  },
  {
    name: "a changed letter",
    write: text(chatFile([chat, message]).replace("hello", "hullo")),
    ends: { ...good, isComplete: false },
  },
  {
    name: "what follows the end",
    write: text(`${chatFile([chat, message])}${JSON.stringify({ ...chat, id: "c9" })}\n`),
    ends: good,
  },

  {
    name: "ChatGPT: a circle",
    write: json([chatgpt({ a: node("a", "b", "user", "q"), b: node("b", "a", "assistant", "r") })]),
    ends: { chats: 1, messages: 2 },
  },
  {
    name: "ChatGPT: its own parent",
    write: json([chatgpt({ a: node("a", "a", "user", "q") })]),
    ends: { chats: 1, messages: 1 },
  },
  {
    name: "ChatGPT: orphans",
    write: json([chatgpt({ a: node("a", "gone", "user", "q") })]),
    ends: { chats: 1, messages: 1 },
  },
  {
    name: "ChatGPT: __proto__ as an id",
    write: text(JSON.stringify([chatgpt(plain)]).replaceAll('"a"', '"__proto__"')),
    ends: { chats: 1 },
  },
  {
    name: "ChatGPT: a mapping of text",
    write: json([chatgpt("x" as never), chatgpt(plain, { id: "g2" })]),
    ends: damagedOne,
  },
  {
    name: "ChatGPT: no messages",
    write: json([chatgpt({}), chatgpt(plain, { id: "g2" })]),
    ends: { chats: 1, skipped: [{ reason: "empty", count: 1 }] },
  },
  {
    name: "ChatGPT: dates of the year 50,000",
    write: json([chatgpt(plain, { create_time: 1.5e12, update_time: -1e30 })]),
    ends: { chats: 1 },
  },
  {
    name: "ChatGPT: numbers as text",
    write: json([chatgpt(plain, { title: 7, create_time: "soon", current_node: {} })]),
    ends: { chats: 1 },
  },
  {
    name: "ChatGPT: a chain of 100,000 messages",
    write: json([
      chatgpt(
        Object.fromEntries(
          Array.from({ length: 100_000 }, (_, i) => [
            `n${i}`,
            node(`n${i}`, i === 0 ? null : `n${i - 1}`, i % 2 === 0 ? "user" : "assistant", "x"),
          ]),
        ),
      ),
    ]),
    ends: { chats: 1, messages: 100_000 },
  },
  {
    name: "ChatGPT: marks without an end, and one of a megabyte",
    write: json([
      chatgpt({
        a: node("a", null, "user", "q"),
        b: node("b", "a", "assistant", `\ue200cite\ue202${"x".repeat(1_000_000)}\ue201${"\ue200".repeat(3_000_000)}`),
      }),
    ]),
    ends: { chats: 1, messages: 2 },
  },
  {
    name: "Open WebUI: a million thoughts without an end",
    write: json([openwebui("r", "o2"), openwebui('<details type="reasoning"\n'.repeat(1_000_000))]),
    ends: { chats: 1, skipped: [{ reason: "tooLarge", count: 1 }] },
  },
  {
    name: "Open WebUI: a million thoughts in one",
    write: json([
      openwebui("r", "o2"),
      openwebui(`<details type="reasoning">\n${'<details type="reasoning"\n'.repeat(1_000_000)}</details>`),
    ]),
    ends: { chats: 1, skipped: [{ reason: "tooLarge", count: 1 }] },
  },
  { name: "100,001 chats", write: text(repeated(100_001)), ends: { code: "import-too-large", case: "chats" } },

  {
    name: "zip: cut off",
    write: (path) => changedZip(path, { "conversations.json": repeated(10) }, (bytes) => bytes.subarray(0, 200)),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "zip: a name that leads out",
    write: (path) => changedZip(path, { "aa/conversations.json": repeated(1) }, replaced("aa/conv", "../conv")),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "zip: an absolute name",
    write: (path) => changedZip(path, { "aaconversations.json": repeated(1) }, replaced("aaconv", "C:conv")),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "zip: a bomb",
    write: (path) => zipFile(path, { "conversations.json": Buffer.alloc(120_000_000, " ") }),
    ends: { code: "import-too-large", case: "zip" },
  },
  {
    name: "zip: a size that lies",
    write: (path) => changedZip(path, { "conversations.json": repeated(50) }, lyingSize),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "zip: zip files in it",
    write: async (path) => {
      await zipFile(path, { "inner.zip": "PK\u0003\u0004", "readme.txt": "" });
    },
    ends: { code: "import-not-known" },
  },
  {
    name: "zip: wrong contents",
    write: (path) => zipFile(path, { "conversations.json": "not JSON", "user.json": "{}" }),
    ends: { code: "import-not-known" },
  },
  {
    name: "zip: damaged data",
    write: (path) =>
      changedZip(path, { "conversations.json": repeated(500) }, (bytes) => {
        bytes.fill(0xaa, 100, 400);
        return bytes;
      }),
    ends: { code: "import-failed", case: "damaged" },
  },

  {
    name: "SQLite: not Ollama’s",
    write: (path) => database(path, "CREATE TABLE t (x)"),
    ends: { code: "import-not-known" },
  },
  {
    name: "SQLite: endless views",
    write: (path) =>
      database(
        path,
        `CREATE VIEW chats AS ${endless}, 'a' AS title, 1 AS created_at FROM n; CREATE VIEW messages AS ${endless}, 1 AS chat_id FROM n`,
      ),
    ends: { code: "import-not-known" },
  },
  {
    name: "SQLite: computed columns",
    write: (path) => database(path, `${tables} ALTER TABLE chats ADD COLUMN boom TEXT AS (hex(zeroblob(500000000)))`),
    ends: { code: "import-not-known" },
  },
  {
    name: "SQLite: damaged",
    write: (path) => writeFileSync(path, Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(5000, 7)])),
    ends: { code: "import-failed", case: "damaged" },
  },
  {
    name: "SQLite: blobs and numbers",
    write: (path) =>
      database(
        path,
        `${tables} INSERT INTO chats VALUES ('a', x'00ff', 'never'); INSERT INTO messages VALUES (1, 'a', 'user', 42, x'01'); INSERT INTO messages VALUES (2, 'a', 7, NULL, NULL)`,
      ),
    ends: { chats: 1, messages: 1 },
  },
];

/** The size that the directory states is smaller than what is in the file. */
function lyingSize(bytes: Buffer): Buffer {
  const entry = bytes.indexOf(Buffer.from("PK\u0001\u0002", "latin1"));
  bytes.writeUInt32LE(10, entry + 24);
  return bytes;
}
