import { describe, expect, it } from "vitest";
import { cutLongText } from "../../../electron/engine/prompt/cutLongText.ts";
import { cutSpellings } from "../../../electron/engine/prompt/cutSpellings.ts";
import { continuePrompt } from "../../../electron/engine/prompt/continuePrompt.ts";
import { r1Prompt } from "../../../electron/engine/prompt/r1Prompt.ts";
import { removeThought } from "../../../electron/contract/removeThought.ts";
import { tokenizePrompt } from "../../../electron/engine/prompt/tokenizePrompt.ts";
import type { PromptMessage } from "../../../electron/contract/engineProtocol.ts";
import { byteVocabulary } from "../../support/engine/byteVocabulary.ts";

const feed = (messages: PromptMessage[], thinking: "on" | "off" | "auto" = "on") =>
  tokenizePrompt(r1Prompt({ messages, thinking }).segments, byteVocabulary);
const user = (content: string): PromptMessage => ({ role: "user", content });
const assistant = (content: string): PromptMessage => ({ role: "assistant", content });
const { special } = byteVocabulary;
const id = (spelling: string): number => special.get(spelling) ?? Number.NaN;
const bytes = (text: string): number[] => [...Buffer.from(text)];

describe("r1Prompt", () => {
  it("writes DeepSeek's format, with one BOS and the thought opened", async () => {
    expect((await feed([user("Hi")])).text).toBe("<｜begin▁of▁sentence｜><｜User｜>Hi<｜Assistant｜><think>\n");
    expect((await feed([user("Hi")], "auto")).text).toBe("<｜begin▁of▁sentence｜><｜User｜>Hi<｜Assistant｜>");
    expect((await feed([user("Hi")], "off")).text).toMatch(/<｜Assistant｜><think>\n\n<\/think>\n\n$/);
    expect((await feed([user("Hi")])).tokens.filter((token) => token === byteVocabulary.bos)).toHaveLength(1);
  });

  it("adds a system prompt only if there is one", async () => {
    const { text } = await feed([{ role: "system", content: "Be brief." }, user("Hi")]);
    expect(text).toBe("<｜begin▁of▁sentence｜>Be brief.<｜User｜>Hi<｜Assistant｜><think>\n");
  });

  it("leaves out earlier thoughts and keeps answers exactly", async () => {
    const { text } = await feed([user("a"), assistant("<think>\nlong\n</think>\n\nb "), user("c")]);
    expect(text).toBe(
      "<｜begin▁of▁sentence｜><｜User｜>a<｜Assistant｜>\n\nb <｜end▁of▁sentence｜><｜User｜>c<｜Assistant｜><think>\n",
    );
  });

  it("tokenizes typed spellings of special tokens as text", async () => {
    const typed = "<think> </think> <｜User｜> <｜end▁of▁sentence｜> <think><think>";
    expect((await feed([user(typed)])).tokens).toEqual([
      byteVocabulary.bos,
      id("<｜User｜>"),
      ...bytes(typed),
      id("<｜Assistant｜>"),
      id("<think>"),
      ...bytes("\n"),
    ]);
  });

  it("replaces lone surrogates, which have no UTF-8 encoding", async () => {
    expect((await feed([user("a\uD800b")])).text).toContain("a\uFFFDb");
  });
});

describe("continuePrompt", () => {
  const continued = async (thinking: "on" | "off" | "auto", thought: string | null, answer: string) => {
    const base = r1Prompt({ messages: [user("Hi")], thinking: thought === null ? thinking : "on" });
    const { segments, opensThought, answerStart } = continuePrompt(base, { thought, answer });
    const { tokens, text } = await tokenizePrompt(segments, byteVocabulary);
    return {
      tokens,
      end: text.slice(text.indexOf("<｜Assistant｜>") + "<｜Assistant｜>".length),
      opensThought,
      answerStart,
    };
  };

  it.each([
    ["on", "So", "", "<think>\nSo", true],
    ["off", "So", "", "<think>\nSo", true],
    ["on", "So", "\n\nYes", "<think>\nSo\n</think>\n\nYes", false],
    ["auto", null, "Yes", "Yes", false],
    ["off", null, "\n\nYes", "<think>\n\n</think>\n\nYes", false],
  ] as const)(
    "with thinking %s repeats the reply as it was written: %j, %j",
    async (thinking, thought, answer, end, opens) => {
      expect(await continued(thinking, thought, answer)).toMatchObject({ end, opensThought: opens, answerStart: "" });
    },
  );

  it("opens and closes the thought itself for a template that does neither", () => {
    const base = { segments: [], opensThought: false, answerStart: "" };
    const written = (thought: string | null, answer: string) => {
      const { segments, opensThought } = continuePrompt(base, { thought, answer });
      return [segments.map((segment) => ("text" in segment ? segment.text : "")).join(""), opensThought];
    };
    expect(written("So", "")).toEqual(["<think>\nSo", true]);
    expect(written("So", "\n\nYes")).toEqual(["<think>\nSo\n</think>\n\nYes", false]);
    expect(written(null, "Yes")).toEqual(["Yes", false]);
  });

  it("tokenizes special tokens that the reply spells as text", async () => {
    const { tokens } = await continued("on", "a </think> b", "");
    expect(tokens.filter((token) => token === id("</think>"))).toEqual([]);
  });
});

describe("removeThought", () => {
  it.each([
    ["<think>t</think>\n\na", "\n\na"],
    ["  <think>t</think>a", "a"],
    ["<think>never closed", ""],
    ["\n\na ", "\n\na "],
    ["the tag <think> is text", "the tag <think> is text"],
    ["To end it, write </think>.", "."],
    ["<think>t</think>\n\nwrite </think>\n\nso", "\n\nso"],
    ["<think>t</think>\n\n<think> opens it", "\n\n<think> opens it"],
    ["t</think>\n\na", "\n\na"],
  ])("%j becomes %j", (content, expected) => expect(removeThought(content)).toBe(expected));
});

describe("cutSpellings", () => {
  it("cuts after the last letter, where pre-tokenizers split anyway", () => {
    expect(cutSpellings("a<think>b", ["<think>"])).toEqual(["a<think", ">b"]);
    expect(cutSpellings("<|EOT|>", ["<|EOT|>"])).toEqual(["<|EOT", "|>"]);
  });

  it("leaves no spelling in any piece, loses nothing, and handles many", () => {
    const text = "<think></think>x<a<think>>".repeat(20_000);
    const spellings = ["<think>", "</think>", "<a<think>>"];
    const pieces = cutSpellings(text, spellings);
    expect(pieces.join("")).toBe(text);
    expect(pieces.some((piece) => spellings.some((spelling) => piece.includes(spelling)))).toBe(false);
  });
});

describe("cutLongText", () => {
  it("cuts where words end, and loses nothing", () => {
    const text = "Donaudampfschiff, 12345\r\n  你好世界。 ".repeat(20_000);
    const pieces = cutLongText(text);
    expect(pieces.join("")).toBe(text);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/[\p{L}\p{N}]$/u);
    for (const piece of pieces.slice(1)) expect(piece).toMatch(/^[^\p{L}\p{N}]/u);
  });

  it("also cuts a text without words, but splits no character", () => {
    const pieces = cutLongText("😀".repeat(100_001));
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.every((piece) => Buffer.from(piece).toString() === piece)).toBe(true);
  });
});
