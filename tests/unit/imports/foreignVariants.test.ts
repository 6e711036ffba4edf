import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, expect, it } from "vitest";
import { readForeign, readForeignJson, type ReadChat, reply, user } from "../../support/imports/readForeign.ts";
import { zipFile } from "../../support/imports/zipFile.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

// What other apps write in other versions than those of foreignFormats.test.ts, or around their chats.

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
const readJson = (value: unknown): Promise<ReadChat> => readForeignJson(folder, value);

const chatgptNode = (id: string, parent: string | null, message: object | null) => [
  id,
  { id, parent, children: [], message },
];
const said = (role: string, ...parts: unknown[]) => ({
  author: { role, name: null, metadata: {} },
  content: { content_type: "multimodal_text", parts },
  recipient: "all",
  metadata: {},
});

it("ChatGPT: pictures, canvas, marks of sources, a message without an author, and newer fields", async () => {
  const mapping = Object.fromEntries([
    chatgptNode("root", null, null),
    chatgptNode("odd", "root", { content: "no author" }),
    chatgptNode("q", "odd", said("user", { content_type: "image_asset_pointer", asset_pointer: "file://x" }, "What?")),
    chatgptNode("canvas", "q", {
      ...said("assistant", "{}"),
      content: { content_type: "code", language: "json", text: '{"name":"doc"}' },
      recipient: "canmore.create_textdoc",
    }),
    chatgptNode("tool", "canvas", said("tool", "Created.")),
    chatgptNode("a", "tool", said("assistant", "A cat.\ue200cite\ue202turn0search1\ue202turn2view0\ue201 Really.")),
  ]);
  const read = await readJson([{ title: "Cat", conversation_id: "x", current_node: "a", voice: null, mapping }]);
  expect(read).toMatchObject({
    source: "chatgpt",
    shown: "A cat. Really.",
    messages: [user("What?"), reply("A cat. Really.", "What?")],
    // The picture, the call and its result.
    leftOut: 3,
  });
});

it("ChatGPT: the words of its marks stay, also in thoughts, and what has no words goes", async () => {
  const mark = (...fields: string[]) => `\ue200${fields.join("\ue202")}\ue201`;
  const answer = [
    `by ${mark("entity", '["people","Nathaniel L. Erb-Satullo",0]')} notes that`,
    mark("url", "the paper", "https://example.org/a"),
    mark("link_title", "Example Site", "turn0search3"),
    mark("video", "A film", "turn0search5"),
    mark("product_entity", '["turn0product1","A lamp"]'),
    mark("entity", "Invincible"),
    mark("genui", '{"math_block_widget_common_keywords":{"content":"a^2 + b^2"}}'),
    mark("newer", "Some words", "turn0search1"),
    `[${mark("filecite", "turn0file0", "L1-L5")}${mark("navlist", "News", "turn0news1")}]`,
    `[${mark("image_group", '{"query":["cats"]}')}${mark("newer", '{"payload":"x"}')}${mark("newest")}${mark("memcite")}]`,
    `[${mark("cite", ...Array.from({ length: 300 }, (_, index) => `turn0search${index}`))}]`,
    "cut off \ue200cite\ue202turn0",
  ];
  const mapping = Object.fromEntries([
    chatgptNode("q", null, said("user", "Who?")),
    chatgptNode("t", "q", {
      ...said("assistant"),
      content: {
        content_type: "thoughts",
        thoughts: [{ summary: "", content: `Ask${mark("cite", "turn0search0")}.` }],
      },
    }),
    chatgptNode("a", "t", said("assistant", answer.join("\n"))),
  ]);
  const read = await readJson([{ title: "Marks", conversation_id: "x", current_node: "a", mapping }]);
  const text = [
    "by Nathaniel L. Erb-Satullo notes that",
    "the paper",
    "Example Site",
    "A film",
    "A lamp",
    "Invincible",
    "\\[a^2 + b^2\\]",
    "Some words",
    "[]",
    "[]",
    "[]",
    "cut off \ue200cite\ue202turn0",
  ];
  expect(read.messages).toEqual([user("Who?"), reply(text.join("\n"), "Who?", "Ask.")]);
});

it("DeepSeek: no dates, no fragments, odd ones, searches, and replies from a template", async () => {
  const node = (id: string, parent: string | null, message: object | null) => [id, { id, parent, message }];
  const mapping = Object.fromEntries([
    node("root", null, null),
    node("1", "root", { fragments: [{ type: "REQUEST", content: "Why?" }], files: null }),
    node("2", "1", {
      fragments: [
        { type: "SEARCH", content: null, results: [{}] },
        null,
        { type: "THINK", content: "Hm" },
        { type: "TEMPLATE_RESPONSE", content: "Let us talk about something else." },
      ],
    }),
    node("3", "2", { fragments: null, role: "USER", content: "No." }),
    node("4", "3", { fragments: "none", role: "ASSISTANT", content: "Yes." }),
  ]);
  expect(await readJson([{ id: "d", title: "Why", mapping }])).toMatchObject({
    source: "deepseek",
    messages: [
      user("Why?"),
      reply("Let us talk about something else.", "Why?", "Hm"),
      user("No.", "Let us talk about something else."),
      reply("Yes.", "No."),
    ],
    leftOut: 2,
  });
});

it("Claude: tools, notes of the app, and attachments that are null", async () => {
  const read = await readJson({
    conversations: [
      {
        uuid: "c",
        name: "",
        summary: "**Rain**",
        chat_messages: [
          {
            uuid: "1",
            sender: "human",
            text: "Rain?",
            content: [],
            attachments: [null],
            files: [{ file_name: "map.png" }],
          },
          {
            uuid: "2",
            sender: "assistant",
            text: "fallback",
            content: [
              { type: "thinking", thinking: "Clouds", summaries: [{ summary: "x" }], cut_off: false },
              { type: "tool_use", name: "web_search", input: { query: "rain" } },
              { type: "tool_result", content: [{ type: "text", text: "inner" }] },
              { type: "token_budget", remaining: 100 },
              { type: "text", text: "It rains.", citations: [{ url: "https://example.org" }] },
            ],
          },
        ],
      },
    ],
  });
  expect(read).toMatchObject({
    source: "claude",
    title: "Rain?",
    messages: [user("Rain?"), reply("It rains.", "Rain?", "Clouds")],
    leftOut: 3,
  });
});

it("LM Studio: a call of a tool, a file, and a version that does not exist", async () => {
  const read = await readJson({
    name: "Tools",
    createdAt: 1_750_000_000_000,
    tokenCount: 12,
    messages: [
      {
        versions: [
          {
            type: "singleStep",
            role: "user",
            content: [
              { type: "file", fileIdentifier: "1 - a.pdf", fileType: "text/plain" },
              { type: "text", text: "Sum?" },
            ],
          },
        ],
        currentlySelected: 7,
      },
      null,
      {
        versions: [
          {
            type: "multiStep",
            role: "assistant",
            steps: [
              { type: "debugInfoBlock", debugInfo: "x" },
              { type: "contentBlock", content: [{ type: "toolCallRequest", name: "js", parameters: {} }] },
              { type: "toolStatus", statusState: { status: { type: "toolCallSucceeded" } } },
              { type: "contentBlock", content: [{ type: "text", text: "3" }] },
            ],
          },
        ],
        currentlySelected: "0",
      },
    ],
  });
  expect(read).toMatchObject({ source: "lmstudio", messages: [user("Sum?"), reply("3", "Sum?")], leftOut: 2 });
});

it("Jan: texts in place of parts, and a system message", async () => {
  const file = join(folder, "jan.zip");
  const line = (id: string, role: string, content: unknown) => JSON.stringify({ id, role, content, thread_id: "t" });
  await zipFile(file, {
    "jan/threads/t/thread.json": JSON.stringify({ id: "t", title: "Jan", assistants: [{ model: { id: "r1" } }] }),
    "jan/threads/t/messages.jsonl": [
      line("s", "system", [{ type: "text", text: { value: "Be brief." } }]),
      line("1", "user", "Hello?"),
      "not JSON",
      line("2", "assistant", [
        { type: "text", text: "Hi." },
        { type: "image_url", image_url: {} },
      ]),
    ].join("\n"),
  });
  expect(await readForeign(file)).toMatchObject({
    source: "jan",
    systemPrompt: "Be brief.",
    messages: [user("Hello?"), reply("Hi.", "Hello?")],
    leftOut: 1,
  });
});

it("Open WebUI: parts, thoughts between calls of tools, a list in place of a tree, and a system message", async () => {
  const block = (type: string, inner: string) =>
    `<details type="${type}" done="true" duration="3">\n${inner}\n</details>`;
  const content = [
    block("reasoning", "<summary>Thought for 3 seconds</summary>\n&gt; First &lt;b&gt;"),
    block("tool_calls", "<summary>Tool Executed</summary>"),
    block("reasoning", "<summary>Thought</summary>\n&gt; Then"),
    "It is <details>open</details>.",
  ].join("\n");
  const read = await readJson([
    {
      id: "o",
      title: "Tools",
      chat: {
        messages: [
          { role: "system", content: "Be kind." },
          {
            role: "user",
            content: [
              { type: "text", text: "Open?" },
              { type: "image_url", image_url: { url: "data:" } },
            ],
          },
          { role: "assistant", content, model: "r1", usage: { total_tokens: 3 } },
        ],
      },
    },
  ]);
  expect(read).toMatchObject({
    source: "openwebui",
    systemPrompt: "Be kind.",
    shown: "It is <details>open</details>.",
    messages: [user("Open?"), reply("It is <details>open</details>.", "Open?", "First <b>\n\nThen")],
    leftOut: 2,
  });
});

it("Open WebUI: a list with gaps is one chain, and is read if the tree beside it is empty", async () => {
  const read = await readJson([
    {
      id: "o",
      title: "Gap",
      chat: {
        history: { messages: {}, currentId: "gone" },
        messages: [
          null,
          { role: "user", content: "One?" },
          { role: "assistant", content: "One." },
          null,
          { role: "user", content: "Two?" },
          { role: "assistant", content: "Two." },
        ],
      },
    },
  ]);
  expect(read).toMatchObject({
    shown: "Two.",
    messages: [user("One?"), reply("One.", "One?"), user("Two?", "One."), reply("Two.", "Two?")],
  });
});

it("Ollama: a system message, and the answers of tools", async () => {
  const file = join(folder, "db.sqlite");
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT, created_at TIMESTAMP);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT, created_at TIMESTAMP);
    INSERT INTO chats VALUES ('o', NULL, NULL);
    INSERT INTO messages VALUES (1, 'o', 'system', 'Be brief.', NULL), (2, 'o', 'user', 'Time?', NULL),
      (3, 'o', 'tool', '12:00', NULL), (4, 'o', 'assistant', 'Noon.', 'never');
  `);
  database.close();
  expect(await readForeign(file)).toMatchObject({
    source: "ollama",
    title: "Time?",
    systemPrompt: "Be brief.",
    messages: [user("Time?"), reply("Noon.", "Time?")],
    leftOut: 1,
  });
});
