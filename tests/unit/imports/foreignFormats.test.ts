import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, expect, it } from "vitest";
import { readImport } from "../../../electron/workbench/imports/readImport.ts";
import { splitThought } from "../../../electron/workbench/imports/splitThought.ts";
import { readForeign, readForeignJson, type ReadChat, reply, user } from "../../support/imports/readForeign.ts";
import { zipFile } from "../../support/imports/zipFile.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

const readJson = (value: unknown): Promise<ReadChat> => readForeignJson(folder, value);

it("reads ChatGPT's export in its .zip file: branches, thoughts, and no tool calls", async () => {
  const node = (id: string, parent: string | null, children: string[], message: object | null) =>
    [id, { id, parent, children, message }] as const;
  const said = (role: string, content: object, more: object = {}) => ({
    id: "x",
    author: { role, name: null, metadata: {} },
    create_time: 1_700_000_001.5,
    content,
    recipient: "all",
    weight: 1,
    metadata: { model_slug: "o3" },
    ...more,
  });
  const text = (...parts: unknown[]) => ({ content_type: "text", parts });
  const conversation = {
    title: "Sums",
    create_time: 1_700_000_000,
    update_time: 1_700_000_100,
    conversation_id: "c-1",
    current_node: "a2",
    gizmo_id: null,
    mapping: Object.fromEntries([
      node("root", null, ["s"], null),
      node("s", "root", ["u"], said("system", text(""), { metadata: { is_visually_hidden_from_conversation: true } })),
      node(
        "u",
        "s",
        ["t", "a2"],
        said("user", {
          content_type: "multimodal_text",
          parts: ["17 + 25?", { content_type: "image_asset_pointer", asset_pointer: "file-service://x" }],
        }),
      ),
      node(
        "t",
        "u",
        ["c"],
        said("assistant", { content_type: "thoughts", thoughts: [{ summary: "Adding", content: "17 and 25" }] }),
      ),
      node("c", "t", ["r"], said("assistant", { content_type: "code", text: "print(17+25)" }, { recipient: "python" })),
      node("r", "c", ["a1"], said("tool", { content_type: "execution_output", text: "42" })),
      node("a1", "r", [], said("assistant", text("It is 42."))),
      node("a2", "u", [], said("assistant", text("Forty-two."))),
    ]),
  };
  const file = join(folder, "export.zip");
  await zipFile(file, {
    "conversations.json": JSON.stringify([conversation]),
    "user.json": '{"email":"a@b.c"}',
    "chat.html": "<script>",
  });
  expect(await readForeign(file)).toEqual({
    source: "chatgpt",
    title: "Sums",
    createdAt: "2023-11-14T22:13:20.000Z",
    systemPrompt: "",
    pinned: false,
    shown: "Forty-two.",
    leftOut: 3,
    models: ["o3", "o3"],
    messages: [user("17 + 25?"), reply("It is 42.", "17 + 25?", "Adding\n17 and 25"), reply("Forty-two.", "17 + 25?")],
  });
});

it("reads DeepSeek's export", async () => {
  const read = await readJson([
    {
      id: "d-1",
      title: "Primes",
      inserted_at: "2025-03-30T04:49:36.505000+08:00",
      updated_at: "2025-03-30T04:50:29.156000+08:00",
      mapping: {
        root: { id: "root", parent: null, children: ["1"], message: null },
        1: {
          id: "1",
          parent: "root",
          children: ["2"],
          message: {
            files: [],
            model: "deepseek-reasoner",
            inserted_at: "2025-03-30T04:49:37.018000+08:00",
            fragments: [{ type: "REQUEST", content: "Prove it" }],
          },
        },
        2: {
          id: "2",
          parent: "1",
          children: [],
          message: {
            files: [],
            model: "deepseek-reasoner",
            inserted_at: "2025-03-30T04:49:38.018000+08:00",
            fragments: [
              { type: "THINK", content: "Euclid" },
              { type: "RESPONSE", content: "Suppose not." },
            ],
          },
        },
      },
    },
  ]);
  expect(read).toMatchObject({
    source: "deepseek",
    title: "Primes",
    createdAt: "2025-03-29T20:49:36.505Z",
    models: ["deepseek-reasoner"],
    messages: [user("Prove it"), reply("Suppose not.", "Prove it", "Euclid")],
  });
});

it("reads DeepSeek's earlier exports", async () => {
  const read = await readJson([
    {
      id: "d-2",
      title: "",
      inserted_at: "2025-01-30T04:49:36+08:00",
      mapping: {
        root: { parent: null, message: null },
        1: { parent: "root", message: { role: "USER", content: "Hi there" } },
        2: { parent: "1", message: { role: "ASSISTANT", content: "Hello", reasoning_content: "A greeting" } },
      },
    },
  ]);
  expect(read).toMatchObject({
    title: "Hi there",
    messages: [user("Hi there"), reply("Hello", "Hi there", "A greeting")],
  });
});

it("reads Claude's export, with the texts of attachments", async () => {
  const read = await readJson([
    {
      uuid: "k-1",
      name: "Letter",
      summary: "",
      created_at: "2024-05-01T10:00:00.000000Z",
      updated_at: "2024-05-01T10:05:00Z",
      account: { uuid: "x" },
      chat_messages: [
        {
          uuid: "1",
          text: "Shorten it",
          sender: "human",
          created_at: "2024-05-01T10:00:01Z",
          content: [{ type: "text", text: "Shorten it" }],
          attachments: [{ file_name: "letter.txt", extracted_content: "Dear all" }],
          files: [{ file_name: "photo.png" }],
          parent_message_uuid: "00000000-0000-4000-8000-000000000000",
        },
        {
          uuid: "2",
          text: "old",
          sender: "assistant",
          created_at: "2024-05-01T10:00:09Z",
          content: [
            { type: "thinking", thinking: "Brief" },
            { type: "text", text: "Hi all" },
            { type: "tool_use", name: "x", input: { command: "rm" } },
          ],
          attachments: [],
          files: [],
          parent_message_uuid: "1",
        },
      ],
    },
  ]);
  expect(read).toMatchObject({
    source: "claude",
    title: "Letter",
    leftOut: 2,
    messages: [
      user("Shorten it\n\nletter.txt\n\nDear all"),
      reply("Hi all", "Shorten it\n\nletter.txt\n\nDear all", "Brief"),
    ],
  });
});

it("reads LM Studio's conversation files, with all versions", async () => {
  const block = (text: string, style?: object) => ({
    type: "contentBlock",
    stepIdentifier: "1",
    content: [{ type: "text", text }],
    ...(style && { style }),
  });
  const read = await readJson({
    name: "Metronome",
    pinned: true,
    createdAt: 1_740_000_000_000,
    preset: "",
    tokenCount: 9,
    systemPrompt: "Be brief.",
    messages: [
      {
        versions: [{ type: "singleStep", role: "user", content: [{ type: "text", text: "Write it" }] }],
        currentlySelected: 0,
      },
      {
        versions: [
          {
            type: "multiStep",
            role: "assistant",
            senderInfo: { senderName: "qwen" },
            steps: [block("Hm", { type: "thinking", ended: true }), block("First"), { type: "debugInfoBlock" }],
          },
          {
            type: "multiStep",
            role: "assistant",
            senderInfo: { senderName: "r1" },
            steps: [block("<think>\nAgain\n</think>\n\nSecond")],
          },
        ],
        currentlySelected: 1,
      },
      {
        versions: [
          {
            type: "singleStep",
            role: "user",
            content: [
              { type: "text", text: "Thanks" },
              { type: "file", fileIdentifier: "x" },
            ],
          },
        ],
        currentlySelected: 0,
      },
    ],
  });
  expect(read).toMatchObject({
    source: "lmstudio",
    title: "Metronome",
    pinned: true,
    systemPrompt: "Be brief.",
    shown: "Thanks",
    leftOut: 1,
    models: ["qwen", "r1"],
    messages: [
      user("Write it"),
      reply("First", "Write it", "Hm"),
      reply("Second", "Write it", "Again"),
      user("Thanks", "Second"),
    ],
  });
});

it("reads Jan's threads from a .zip file", async () => {
  const file = join(folder, "threads.zip");
  const line = (role: string, value: string, at: number) =>
    JSON.stringify({
      id: value,
      object: "thread.message",
      thread_id: "j-1",
      role,
      content: [{ type: "text", text: { value, annotations: [] } }],
      status: "ready",
      created_at: at,
    });
  await zipFile(file, {
    "threads/j-1/thread.json": JSON.stringify({
      id: "j-1",
      object: "thread",
      title: "Running",
      assistants: [{ model: { id: "deepseek-r1" }, instructions: "Coach" }],
      created: 1_740_000_000,
      updated: 1_740_000_009,
    }),
    "threads/j-1/messages.jsonl": `${line("user", "A plan", 1_740_000_001_000)}\n${line("assistant", "<think>\nEasy\n</think>\nRun.", 1_740_000_002_000)}\n`,
  });
  expect(await readForeign(file)).toMatchObject({
    source: "jan",
    title: "Running",
    systemPrompt: "Coach",
    models: ["deepseek-r1"],
    messages: [user("A plan"), reply("Run.", "A plan", "Easy")],
  });
});

it("reads Open WebUI's export: a tree, and thoughts in its details elements", async () => {
  const read = await readJson([
    {
      id: "w-1",
      user_id: "u",
      title: "Rome",
      pinned: true,
      created_at: 1_740_000_000,
      updated_at: 1_740_000_100,
      meta: {},
      chat: {
        id: "",
        title: "Rome",
        models: ["deepseek-r1:8b"],
        system: "Latin only",
        timestamp: 1_740_000_000_000,
        messages: [],
        history: {
          currentId: "3",
          messages: {
            1: {
              id: "1",
              parentId: null,
              childrenIds: ["2", "3"],
              role: "user",
              content: "When?",
              timestamp: 1_740_000_001,
            },
            2: {
              id: "2",
              parentId: "1",
              childrenIds: [],
              role: "assistant",
              model: "deepseek-r1:8b",
              content:
                '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n&gt; Romulus &amp; Remus\n&gt; 753\n</details>\n753 BC',
              timestamp: 1_740_000_002,
            },
            3: {
              id: "3",
              parentId: "1",
              childrenIds: [],
              role: "assistant",
              modelName: "R1",
              content: "753.",
              timestamp: 1_740_000_003,
            },
          },
        },
      },
    },
  ]);
  expect(read).toMatchObject({
    source: "openwebui",
    title: "Rome",
    pinned: true,
    systemPrompt: "Latin only",
    shown: "753.",
    models: ["deepseek-r1:8b", "R1"],
    messages: [user("When?"), reply("753 BC", "When?", "Romulus & Remus\n753"), reply("753.", "When?")],
  });
});

it("reads the database of Ollama's app", async () => {
  const file = join(folder, "db.sqlite");
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, browser_state TEXT);
    CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id TEXT NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL DEFAULT '', thinking TEXT NOT NULL DEFAULT '', stream BOOLEAN NOT NULL DEFAULT 0, model_name TEXT, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, tool_result TEXT);
    INSERT INTO chats (id, title, created_at) VALUES ('o-1', 'Tea', '2025-08-01 09:30:00.123456789+02:00');
    INSERT INTO messages (chat_id, role, content, created_at) VALUES ('o-1', 'user', 'How long?', '2025-08-01 09:30:01');
    INSERT INTO messages (chat_id, role, content, thinking, model_name, created_at) VALUES ('o-1', 'assistant', 'Three minutes.', 'Black tea', 'deepseek-r1', '2025-08-01 09:30:05');
  `);
  database.close();
  expect(await readForeign(file)).toMatchObject({
    source: "ollama",
    title: "Tea",
    createdAt: "2025-08-01T07:30:00.123Z",
    models: ["deepseek-r1"],
    messages: [user("How long?"), reply("Three minutes.", "How long?", "Black tea")],
  });
});

it("gives the same chat the same id each time, so that it is recognized", async () => {
  const conversation = { uuid: "k", name: "n", chat_messages: [{ uuid: "1", sender: "human", text: "t" }] };
  const ids = async (): Promise<unknown[]> => {
    const file = join(folder, "export.json");
    writeFileSync(file, JSON.stringify([conversation]));
    const found: unknown[] = [];
    for await (const incoming of readImport(file, () => undefined)) if ("id" in incoming) found.push(incoming.id);
    return found;
  };
  expect(await ids()).toEqual(await ids());
  expect(await ids()).toHaveLength(2);
});

it.each([
  ["<think>a</think>b", "a", "b"],
  ["<think>\n\n</think>\n\nb", null, "b"],
  ["\n<think>\na\n", "a", ""],
  ["a\n</think>\n\nb", "a", "b"],
  ["b", null, "b"],
  ["Write <think> and </think>", null, "Write <think> and </think>"],
])("splits %j", (all, thought, text) => expect(splitThought(all)).toEqual({ thought, text }));
