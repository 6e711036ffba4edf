import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { fileNameOf, uniqueNames } from "../../../electron/workbench/exports/fileNameOf.ts";
import { htmlOfAnswer } from "../../../electron/workbench/exports/htmlOfAnswer.ts";
import { passageName } from "../../../electron/workbench/exports/markdownOfChat.ts";
import { exportWords } from "../../../electron/texts/exportWords.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { exportTo } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

async function exported(name: string, answer: string, format: "markdown" | "html", thoughts = true): Promise<string> {
  const home = join(folder, "home");
  const store = new ChatStore(home);
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const { reply } = store.beginTurn({ chatId, text: "<b>Why?</b>", model: { id: "x", name: "R1 <i>" } });
  store.finishReply({
    messageId: reply.id,
    text: answer,
    thought: "Because\n<script>",
    state: "done",
    stats: null,
    problem: null,
  });
  const file = join(folder, name);
  await exportTo(home, file, { format, thoughts });
  store.close();
  return readFileSync(file, "utf8");
}

it("writes Markdown: who said what, and thoughts as quotations", async () => {
  const text = await exported("a.md", "Because **so**.\n", "markdown");
  expect(text).toContain("## You\n\n<b>Why?</b>\n");
  expect(text).toContain("> **Thought**\n>\n> Because\n> <script>\n\nBecause **so**.\n");
  expect(await exported("b.md", "x", "markdown", false)).not.toContain("<script>");
});

it.each([
  ["en", "[1] page 3", "[2] chapter 12"],
  ["fr", "[1] page 3", "[2] chapitre 12"],
  ["zh-CN", "[1] 第 3 页", "[2] 第 12 章"],
] as const)("names the page or chapter of a passage as one does in %s", (language, page, chapter) => {
  const words = exportWords(openTexts(language));
  expect(passageName(1, "page", 3, words)).toBe(page);
  expect(passageName(2, "chapter", 12, words)).toBe(chapter);
  expect(passageName(3, null, 1, words)).toBe("[3]");
});

it("says which answers were edited, and writes the edited text", async () => {
  const home = join(folder, "home");
  const store = new ChatStore(home);
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const end = { text: "Wrong.", thought: null, state: "done", stats: null, problem: null } as const;
  for (const model of [{ id: "x", name: "R1" }, null]) {
    const { reply } = store.beginTurn({ chatId, text: "Why?", model });
    store.finishReply({ messageId: reply.id, ...end });
    store.editReply({ messageId: reply.id, text: "Right." });
  }
  for (const format of ["markdown", "html"] as const) {
    await exportTo(home, join(folder, "a"), { format, thoughts: true });
    const text = readFileSync(join(folder, "a"), "utf8");
    expect(text.match(/R1 \(edited\)/g)).toHaveLength(2);
    expect(text.match(/Right\./g)).toHaveLength(2);
    expect(text).not.toContain("Wrong.");
  }
  store.close();
});

it.each([
  ["the last one", false],
  ["none, where messages are left out below it", true],
] as const)("says which summary the model reads: %s", async (_, isLeftOut) => {
  const home = join(folder, "home");
  const store = new ChatStore(home);
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const end = { text: "So.", thought: null, state: "done", stats: null, problem: null } as const;
  const summary = (text: string, name: string) => ({ text, model: { id: "", name }, createdAt: 5 });
  for (const each of [summary("One.", "R1 Nano"), { ...summary("One and two.", ""), edited: true as const }, null]) {
    const { reply } = store.beginTurn({ chatId, text: "Why?", model: null });
    store.finishReply({ messageId: reply.id, ...end });
    if (each !== null) store.saveSummary({ messageId: reply.id, summary: each });
    else if (isLeftOut) store.configureChat({ chatId, promptFrom: reply.parentId });
  }
  for (const format of ["markdown", "html"] as const) {
    const { messages } = await exportTo(home, join(folder, "a"), { format });
    expect(messages).toBe(6);
    const edited = `${isLeftOut ? "Earlier summary" : "Summary"} by R1, edited`;
    const names = /(Earlier s|S)ummary by R1( Nano)?(, edited)?/g;
    expect(readFileSync(join(folder, "a"), "utf8").match(names)).toEqual(["Earlier summary by R1 Nano", edited]);
  }
  store.close();
});

it("writes several chats into a .zip file, or as one text", async () => {
  await exported("a.md", "first", "markdown");
  await exported("a.zip", "second", "markdown");
  const zip = readFileSync(join(folder, "a.zip")).toString("latin1");
  expect(zip.slice(0, 4)).toBe("PK\u0003\u0004");
  expect(zip.match(/b Why b\w*( \(2\))?\.md/g)?.length).toBeGreaterThanOrEqual(4);
});

it("writes HTML in which nothing is active", async () => {
  const text = await exported(
    "a.html",
    `<script>alert(1)</script> <img src=x onerror=alert(1)> [l](javascript:alert(1)) [w](https://example.org "t") ![alt](https://example.org/x.png) \`<b>\``,
    "html",
  );
  const [, body = ""] = text.split("<body>");
  expect(body).not.toMatch(/<(script|img|iframe|object|embed|link|form|svg|style|meta|base)\b/i);
  expect(body).not.toMatch(/javascript:|<[^>]+\son\w+=/i);
  expect(body).toContain('<a href="https://example.org" rel="noreferrer noopener">w</a>');
  expect(body).toContain("[alt]");
  expect(body).toContain("<code>&#x3C;b></code>");
  expect(body).toContain("&#x3C;script>alert(1)&#x3C;/script>");
  expect(text).toContain(`default-src 'none'; style-src 'sha256-`);
  expect(text).not.toMatch(/<[^>]*\ssrc=|@import|url\(/);
});

describe("an answer as HTML", () => {
  it("has tables, code and formulas", () => {
    const html = htmlOfAnswer(
      "| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```py\nprint('$x$')\n```\n\n$$\\frac{a}{b}$$ and \\(x_1 + x_2\\) cost $5 or $PATH:$HOME",
    );
    expect(html).toContain('<td align="center">2</td>');
    expect(html).toContain("print('$x$')");
    expect(html.match(/<math /g)).toHaveLength(2);
    expect(html).toContain("cost $5 or $PATH:$HOME");
  });

  it("keeps a formula that cannot be typeset as it is written", () => {
    expect(htmlOfAnswer("\\(\\undefined{x}\\)")).toContain("<code>\\(\\undefined{x}\\)</code>");
  });

  it("is not fooled by the characters that stand for formulas", () => {
    expect(htmlOfAnswer("\u{F0000}0\u{F0001} \\(x\\)")).toContain("\uFFFD0\uFFFD");
  });

  it.each([
    ["quotations", "> ".repeat(20_000)],
    ["emphasis", "*a_ ".repeat(10_000)],
    ["brackets", "[".repeat(40_000)],
    ["links", "[a](".repeat(10_000)],
    ["dollars", "$a ".repeat(13_000)],
    ["delimiters", "\\(".repeat(20_000)],
    ["backticks", "`a``".repeat(10_000)],
    ["a long line", "x".repeat(1_000_000)],
    ["a table", `|${"a|".repeat(3000)}\n|${"-|".repeat(3000)}\n${"|a\n".repeat(300)}`],
  ])(
    "takes little time for %s",
    (_, text) => {
      expect(htmlOfAnswer(text).length).toBeGreaterThan(0);
    },
    60_000,
  );
});

describe("the name of a file", () => {
  it.each([
    ["A plan", "A plan"],
    ["../../etc/passwd", "etc passwd"],
    ["C:\\Windows\\x", "C Windows x"],
    ["con", "con_"],
    ["NUL.txt", "NUL.txt_"],
    ["  .hidden. ", "hidden"],
    ["\u202Egnp.exe", "gnp.exe"],
    ["a\u0000b\nc", "a b c"],
    ["", "Untitled"],
    ["???", "Untitled"],
    ["\uD800", "Untitled"],
    ["日本語の題", "日本語の題"],
  ])("for %j is %j", (title, name) => expect(fileNameOf(title, "Untitled")).toBe(name));

  it("is not too long, and not cut within a character", () => {
    const name = fileNameOf("👩‍👩‍👧‍👦".repeat(100), "Untitled");
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name.endsWith("👦")).toBe(true);
  });

  it("is used once, also where case does not count", () => {
    const unique = uniqueNames();
    const named = (names: string[], extension: string): string[] => names.map((name) => unique(name, extension));
    expect(named(["a", "A", "a", "a (2)"], "")).toEqual(["a", "A (2)", "a (3)", "a (2) (2)"]);
    expect(named(["a", "A"], ".md")).toEqual(["a.md", "A (2).md"]);
    expect(named(["a"], ".MD")).toEqual(["a (3).MD"]);
  });
});
