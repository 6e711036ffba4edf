import { expect, test, vi } from "vitest";
import { codeSpan } from "../../../renderer/features/preview/codeSpan.ts";
import { quotedLines } from "../../../renderer/features/preview/quotedLines.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { growingText } from "../../../renderer/stores/growingText.ts";
import { CodeBlocks } from "../../../renderer/stores/pages/CodeBlocks.ts";
import { isWholeEnough } from "../../../renderer/stores/pages/isWholeEnough.ts";
import { pageOf } from "../../../renderer/stores/pages/pageOf.ts";
import { replaceBlock } from "../../../renderer/stores/pages/replaceBlock.ts";
import { shownFiles } from "../../../renderer/stores/pages/shownFiles.ts";
import { createPreviewStore, shownVersion, typedKey } from "../../../renderer/stores/preview.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { chat, fakeBridge, live, message, reply as madeReply, whole } from "./fakeBridge.ts";

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

/** A reply to the question `q`. */
const answered = (id: string, text: string, { ids = [id], ...more }: Partial<Message> & { ids?: string[] } = {}) => ({
  ...reply(id, text, ids),
  parentId: "q",
  ...more,
});

const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 20_000 });

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
  await until(() => expect(preview.getState().versions).toHaveLength(4));
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
  await until(() => expect(preview.getState().versions).toHaveLength(2));
  preview.getState().show("html:index.html");
  await until(() => expect(preview.getState().versions).toHaveLength(3));
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
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  preview.getState().type("r1", "index.html", html("mine"));
  await preview.getState().runTyped();
  expect(calls.find(({ name }) => name === "chats.editReply")?.input).toEqual({
    messageId: "r1",
    text: answer("mine"),
  });
  await until(() => expect(shown().at(-1)).toContain("<h1>mine</h1>"));
  expect(preview.getState().typed[typedKey("r1", "index.html")]).toBeUndefined();
  await until(() => expect(preview.getState().versions).toHaveLength(2));
  expect(shownVersion(preview.getState())).toMatchObject({ number: 2, message: { id: "edited" } });
});

test("a page stays shown while its reply is written anew, and is followed by the page of the new one", async () => {
  const { preview, conversation, runs, emit, send, calls, shown } = open([message("q"), answered("r1", answer("one"))]);
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  const again = answered("r2", "", { ids: ["r1", "r2"], state: "streaming" });
  emit("runs.started", { chatId: "c1", runId: "r2", messages: [again] });
  expect(conversation.getState().conversation).toMatchObject({ value: { messages: [{ id: "q" }, { id: "r2" }] } });
  expect(shownVersion(preview.getState())?.message.id).toBe("r1");
  await until(() => expect(runs.getState().byChat).toEqual({}));
  send("r2", { kind: "ended", message: answered("r2", answer("two"), { ids: ["r1", "r2"] }) });
  await until(() => expect(shown().at(-1)).toContain("<h1>two</h1>"));
  expect(preview.getState().versions.map(({ message: { id }, number }) => [id, number])).toEqual([
    ["r1", 1],
    ["r2", 2],
  ]);
  expect(calls.some(({ name }) => name === "preview.close")).toBe(false);
});

test("a page ends when no reply holds it any more", async () => {
  const { preview, emit, named } = open([message("q"), answered("r1", answer("one"))]);
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  const other = message("q2", { version: { index: 2, count: 2, ids: ["q", "q2"] } });
  emit("runs.started", {
    chatId: "c1",
    runId: "r2",
    messages: [other, { ...answered("r2", "", { state: "streaming" }), parentId: "q2" }],
  });
  await until(() => expect(named("preview.close")).toHaveLength(1));
  expect(shownVersion(preview.getState())).toBeNull();
});

test("a page that gets another name stays shown", async () => {
  const { preview, conversation, answers, shown } = open([reply("r2", answer("two"))]);
  answers["chats.open"] = ({ chatId }) => ({
    chat: chat(chatId),
    messages: [reply("r2", answer("two"))],
    earlier: "cursor",
    later: null,
  });
  answers["chats.messages"] = () => ({ messages: [reply("r1", answer("one", "**todo.html**"))], next: null });
  conversation.getState().open("c2");
  await until(() => expect(preview.getState().versions.map(({ pageId }) => pageId)).toEqual(["html:index.html"]));
  preview.getState().show("html:index.html");
  await until(() => expect(preview.getState().versions).toHaveLength(2));
  expect(preview.getState().shown).toEqual({ pageId: "html:todo.html", messageId: null });
  expect(shownVersion(preview.getState())?.message.id).toBe("r2");
  expect(shown()).toHaveLength(1);
});

test("a page whose name is changed in its code stays shown", async () => {
  const { preview, shown } = open([reply("r1", answer("one"))], [reply("r1", answer("one"), ["r1", "edited"])]);
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  preview.getState().type("r1", "index.html", `<!-- about.html -->\n${html("mine")}`);
  await preview.getState().runTyped();
  await until(() => expect(shown().at(-1)).toContain("<h1>mine</h1>"));
  expect(shownVersion(preview.getState())).toMatchObject({ pageId: "html:about.html", message: { id: "edited" } });
});

test("what is typed while a change is kept goes on in the new version, and a second press keeps nothing", async () => {
  const { preview, answers, named } = open([reply("r1", answer("one"))]);
  let keep = (): void => undefined;
  answers["chats.editReply"] = async ({ messageId, text }) => {
    await new Promise<void>((resolve) => {
      keep = resolve;
    });
    return { ...reply("edited", text, [messageId, "edited"]), chatId: "c1" };
  };
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  preview.getState().type("r1", "index.html", html("mine"));
  const kept = preview.getState().runTyped();
  expect(await preview.getState().runTyped()).toBe(false);
  preview.getState().type("r1", "index.html", html("mine and more"));
  keep();
  expect(await kept).toBe(true);
  expect(named("chats.editReply")).toHaveLength(1);
  expect(preview.getState().typed).toEqual({ [typedKey("edited", "index.html")]: html("mine and more") });
});

test("changes that were discarded can be restored", async () => {
  const { preview } = open([reply("r1", answer("one"))]);
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  preview.getState().type("r1", "index.html", html("mine"));
  const { typed } = preview.getState();
  preview.getState().discardTyped();
  expect(preview.getState().typed).toEqual({});
  preview.getState().restoreTyped();
  expect(preview.getState().typed).toEqual(typed);
  expect(preview.getState().discarded).toBeNull();
});

test("a page that was stopped while it is written is shown again when it is complete", async () => {
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => setTimeout(paint));
  const { bridge, conversation, runs, emit, send, shown } = open([message("q")]);
  const preview = createPreviewStore(openDoor(bridge), { conversation, runs, everyMs: 0 });
  await until(() => expect(conversation.getState().conversation?.state).toBe("ready"));
  emit("runs.started", { chatId: "c1", runId: "r1", messages: [answered("r1", "", { state: "streaming" })] });
  const text = `\`\`\`html\n${html("one")}\n`;
  const written = answered("r1", text, { state: "streaming" });
  send("r1", { kind: "snapshot", runId: "r1", message: written, stage: { stage: "answering" }, live });
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  expect(shown()).toHaveLength(1);
  emit("preview.changed", { state: "stopped", isPartial: true });
  const before = runs.getState().byChat["c1"];
  const { page } = preview.getState().versions[0] ?? {};
  send("r1", { kind: "delta", part: "answer", text: "<p>more</p>\n" });
  await until(() => expect(runs.getState().byChat["c1"]).not.toBe(before));
  await until(() => expect(preview.getState().versions[0]?.page).not.toBe(page));
  expect(shown()).toHaveLength(1);
  send("r1", { kind: "ended", message: answered("r1", `${text}<p>more</p>`) });
  await until(() => expect(shown()).toHaveLength(2));
});

test("replies above and below are read again when another branch comes", async () => {
  const { preview, conversation, answers, emit } = open([]);
  const below = { now: reply("old", answer("old")) };
  answers["chats.open"] = ({ chatId }) => ({
    chat: chat(chatId),
    messages: [reply("r1", answer("one"))],
    earlier: null,
    later: "cursor",
  });
  answers["chats.messages"] = () => ({ messages: [below.now], next: null });
  conversation.getState().open("c2");
  const ids = (): string[] => preview.getState().versions.map((version) => version.message.id);
  await until(() => expect(ids()).toEqual(["r1"]));
  preview.getState().show("html:index.html");
  await until(() => expect(ids()).toEqual(["r1", "old"]));
  below.now = reply("new", answer("new"));
  emit("chats.branchChanged", { chatId: "c2" });
  await until(() => expect(ids()).toEqual(["r1", "new"]));
});

test("what a page wrote stays within its quotation", () => {
  expect(quotedLines("one\rtwo\r\nthree\nfour")).toBe("> one\n> two\n> three\n> four");
  expect(codeSpan("main > p")).toBe("`main > p`");
  expect(codeSpan("a`b``c\n# d")).toBe("``` a`b``c # d ```");
});

test("a page goes with its chat, and is shown again with it", async () => {
  const { preview, conversation, calls } = open([reply("r1", answer("one"))]);
  await until(() => expect(preview.getState().versions).toHaveLength(1));
  preview.getState().show("html:index.html");
  conversation.getState().open(null);
  expect(preview.getState().shown).toBeNull();
  expect(calls.at(-1)?.name).toBe("preview.close");
  conversation.getState().open("c1");
  await until(() => expect(calls.filter(({ name }) => name === "preview.show")).toHaveLength(2));
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
  const named = { name: "a.html", text: "<p>Edit style.css to change it.</p>" };
  expect(shownFiles("html", [named, files[1] ?? named])[0]?.text).toContain('href="style.css"');
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
