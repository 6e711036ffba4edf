import { expect, test, vi } from "vitest";
import type { Message } from "../../../electron/contract/chats.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { growingText } from "../../../renderer/stores/growingText.ts";
import { CodeBlocks } from "../../../renderer/stores/pages/CodeBlocks.ts";
import { isWholeEnough } from "../../../renderer/stores/pages/isWholeEnough.ts";
import { pageOf } from "../../../renderer/stores/pages/pageOf.ts";
import { replaceBlock } from "../../../renderer/stores/pages/replaceBlock.ts";
import { shownFiles } from "../../../renderer/stores/pages/shownFiles.ts";
import { shownVersion, typedKey } from "../../../renderer/stores/preview.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { chat, fakeBridge, reply as madeReply, whole } from "./fakeBridge.ts";

const html = (words: string): string =>
  `<!DOCTYPE html>\n<html>\n<body>\n  <h1>${words}</h1>\n  <p>${"x".repeat(60)}</p>\n</body>\n</html>`;
const answer = (words: string, above = "Here:"): string =>
  `${above}\n\n\`\`\`html\n${html(words)}\n\`\`\`\n\nThat is all.`;
const reply = (id: string, text: string, ids = [id]): Message =>
  madeReply(id, {
    text,
    thought: answer("in a thought"),
    version: { index: ids.indexOf(id) + 1, count: ids.length, ids },
  });

function open(messages: Message[], others: Message[] = []) {
  const fake = fakeBridge({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages, ...whole }),
    "chats.message": ({ messageId }) => {
      const found = others.find(({ id }) => id === messageId);
      if (found === undefined) throw new Error("gone");
      return found;
    },
    "chats.editReply": ({ messageId, text }) => ({ ...reply("edited", text, [messageId, "edited"]), chatId: "c1" }),
    "preview.show": () => null,
    "preview.close": () => null,
    "preview.reload": () => null,
  });
  const stores = createStores(openDoor(fake.bridge));
  stores.conversation.getState().open("c1");
  const shown = () =>
    fake.calls.filter(({ name }) => name === "preview.show").map(({ input }) => JSON.stringify(input));
  return { ...fake, ...stores, shown };
}

test("each reply with a page is a version of it; one that names another page begins that", async () => {
  const { preview } = open([
    reply("r1", answer("one")),
    reply("r2", "No page."),
    reply("r3", answer("two")),
    reply("r4", answer("other", "**about.html**")),
    reply("r5", answer("three", "`about.html`:")),
  ]);
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(4));
  expect(preview.getState().versions.map(({ message: { id }, pageId, number }) => [id, pageId, number])).toEqual([
    ["r1", "html:index.html", 1],
    ["r3", "html:index.html", 2],
    ["r4", "html:about.html", 1],
    ["r5", "html:about.html", 2],
  ]);
});

test("versions of other branches are found once a page is shown, and the newest one of the branch is shown", async () => {
  const ids = ["a", "b"];
  const { preview, shown } = open(
    [reply("r1", answer("one")), reply("b", answer("shown"), ids)],
    [reply("a", answer("other"), ids)],
  );
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(2));
  preview.getState().show("html:index.html");
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(3));
  expect(preview.getState().versions.map(({ message: { id }, isShown }) => [id, isShown])).toEqual([
    ["r1", true],
    ["a", false],
    ["b", true],
  ]);
  expect(shownVersion(preview.getState())?.message.id).toBe("b");
  expect(shown()).toHaveLength(1);
  expect(shown()[0]).toContain("<h1>shown</h1>");
});

test("what was typed in the code becomes a version of the reply and is shown, and the rest of the reply stays", async () => {
  const { preview, calls, shown } = open([reply("r1", answer("one"))], [reply("r1", answer("one"), ["r1", "edited"])]);
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  preview.getState().type("r1", "index.html", html("mine"));
  await preview.getState().runTyped();
  expect(calls.find(({ name }) => name === "chats.editReply")?.input).toEqual({
    messageId: "r1",
    text: answer("mine"),
  });
  await vi.waitFor(() => expect(shown().at(-1)).toContain("<h1>mine</h1>"));
  expect(preview.getState().typed[typedKey("r1", "index.html")]).toBeUndefined();
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(2));
  expect(shownVersion(preview.getState())).toMatchObject({ number: 2, message: { id: "edited" } });
});

test("a page goes with its chat, and is shown again with it", async () => {
  const { preview, conversation, calls } = open([reply("r1", answer("one"))]);
  await vi.waitFor(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  conversation.getState().open(null);
  expect(preview.getState().shown).toBeNull();
  expect(calls.at(-1)?.name).toBe("preview.close");
  conversation.getState().open("c1");
  await vi.waitFor(() => expect(calls.filter(({ name }) => name === "preview.show")).toHaveLength(2));
});

test("lines that a page repeats are counted, and no more than a thousand are kept", async () => {
  const { preview, emit } = open([]);
  const line = (text: string) => ({ level: "log" as const, text, line: 1, file: "script.js", count: 1 });
  emit("preview.logged", { entries: [line("a"), line("a"), line("b")], dropped: 0 });
  emit("preview.logged", { entries: [line("b")], dropped: 2 });
  expect(preview.getState().entries.map(({ text, count }) => [text, count])).toEqual([
    ["a", 2],
    ["b", 2],
  ]);
  emit("preview.logged", { entries: Array.from({ length: 1_500 }, (_, index) => line(`${index}`)), dropped: 0 });
  expect(preview.getState().entries).toHaveLength(1_000);
  expect(preview.getState().dropped).toBe(504);
});

const blocksOf = (text: string) => {
  const blocks = new CodeBlocks();
  blocks.read(growingText(text), false);
  return blocks.blocks();
};

test.each([
  ["a block", answer("one")],
  ["one in a list", `1. First:\n\n   \`\`\`html\n${html("one").replaceAll(/^/gm, "   ")}\n   \`\`\`\n2. Then`],
  ["one that was not closed", `Here:\n\`\`\`html\n${html("one")}`],
  ["one with other line ends", answer("one").replaceAll("\n", "\r\n")],
])("other code in %s is read as it was written", (_, text) => {
  const [block] = blocksOf(text);
  if (block === undefined) throw new Error("no block");
  for (const code of [html("two"), "a\n```\nb\n````js\nc", "", "  indented\n\n\tcode"]) {
    const changed = replaceBlock(text, block, code);
    const [again, ...more] = blocksOf(changed);
    expect(again?.code).toBe(code);
    expect(more).toEqual([]);
    expect(changed.slice(0, block.start)).toBe(text.slice(0, block.start));
    expect(changed.endsWith(text.slice(block.end))).toBe(true);
  }
});

test("styles and scripts that a document does not load are put into it by name", () => {
  const files = [
    { name: "index.html", text: "<!DOCTYPE html><html><head><title>x</title></head><body><p>y</p></body></html>" },
    { name: "style.css", text: "p {}" },
    { name: "script.js", text: "import x from './x.js';" },
  ];
  expect(shownFiles("html", files)[0]?.text).toBe(
    '<!DOCTYPE html><html><head><title>x</title><link rel="stylesheet" href="style.css">\n</head><body><p>y</p><script type="module" src="script.js"></script>\n</body></html>',
  );
  expect(shownFiles("html", [{ name: "a.html", text: "<p>x</p>" }, files[1] ?? { name: "", text: "" }])[0]?.text).toBe(
    '<link rel="stylesheet" href="style.css">\n<p>x</p>',
  );
});

test("a page that is being written is shown once something of it can be seen", () => {
  const partial = (code: string): boolean | null => {
    const blocks = new CodeBlocks();
    blocks.read(growingText(`\`\`\`html\n${code}\n`), true);
    const page = pageOf(blocks.blocks());
    return page && isWholeEnough(page);
  };
  expect(partial("<!DOCTYPE html>\n<html>\n<head>\n<style>body { color: red; }")).toBe(false);
  expect(partial("<!DOCTYPE html>\n<html>\n<head></head>\n<body>\n")).toBe(false);
  expect(partial(html("one"))).toBe(true);
});
