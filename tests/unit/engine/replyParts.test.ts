import { describe, expect, it } from "vitest";
import { ReplyParts, type ThoughtMarkers } from "../../../electron/engine/generate/ReplyParts.ts";
import { TokenText } from "../../../electron/engine/generate/TokenText.ts";

const detokenize = (tokens: number[]): string => Buffer.from(tokens.filter((token) => token < 256)).toString("utf8");
const ids: ThoughtMarkers = { opening: 260, closing: 261 };
const none: ThoughtMarkers = { opening: null, closing: null };
const bytes = (text: string): number[] => [...Buffer.from(text)];

function split(tokens: number[], markers: ThoughtMarkers, opensThought: boolean, answerStart = "") {
  const parts = new ReplyParts(markers, detokenize, { opensThought, answerStart });
  const whole = { thought: "", answer: "" };
  for (const { part, text } of [...tokens.flatMap((token) => parts.take(token)), ...parts.end()]) whole[part] += text;
  return whole;
}

describe("ReplyParts", () => {
  it("splits at the marker's token, drops the line breaks around the thought and keeps the answer's", () => {
    const tokens = [...bytes("one\ntwo\n"), 261, ...bytes("\n\n42\n")];
    expect(split(tokens, ids, true)).toEqual({ thought: "one\ntwo", answer: "\n\n42\n" });
  });

  it("keeps further markers in the answer as text", () => {
    const tokens = [...bytes("a\n"), 261, ...bytes("\n\nwrite "), 260, 261, ...bytes(" so")];
    expect(split(tokens, ids, true)).toEqual({ thought: "a", answer: "\n\nwrite <think></think> so" });
    expect(split([...bytes("a"), 261, 261, ...bytes("\n\nb")], ids, true).answer).toBe("</think>\n\nb");
  });

  it("starts the answer with the part of it in the prompt, unless the model thinks after all", () => {
    expect(split(bytes("42"), ids, false, "\n\n")).toEqual({ thought: "", answer: "\n\n42" });
    expect(split([260, ...bytes("\na\n"), 261, ...bytes("\n\n42")], ids, false, "\n\n")).toEqual({
      thought: "a",
      answer: "\n\n42",
    });
  });

  it("does not count white space alone as an answer, nor before a thought as one", () => {
    expect(split([...bytes("a"), 261, ...bytes("\n\n")], ids, true)).toEqual({ thought: "a", answer: "" });
    expect(split([], ids, false, "\n\n")).toEqual({ thought: "", answer: "" });
    const opened = { thought: "a", answer: "\n\nb" };
    expect(split([...bytes("\n"), 260, ...bytes("\na\n"), 261, ...bytes("\n\nb")], ids, false)).toEqual(opened);
    expect(split(bytes("\n<think>\na\n</think>\n\nb"), none, false)).toEqual(opened);
  });

  it("keeps a thought that was stopped before it was closed", () => {
    expect(split(bytes("\nonce upon\n"), ids, true)).toEqual({ thought: "once upon", answer: "" });
  });

  it("lets the model open the thought itself", () => {
    expect(split([260, ...bytes("\na\n"), 261, ...bytes("\n\nb")], ids, false)).toEqual({
      thought: "a",
      answer: "\n\nb",
    });
    expect(split(bytes("just b"), ids, false)).toEqual({ thought: "", answer: "just b" });
  });

  it("treats spelled markers as text if the vocabulary has tokens for them", () => {
    expect(split(bytes("a</think>b"), ids, true)).toEqual({ thought: "a</think>b", answer: "" });
  });

  it("recognizes spelled markers if it has not", () => {
    expect(split(bytes("<think>\na</think>\n\nb</think>"), none, false)).toEqual({
      thought: "a",
      answer: "\n\nb</think>",
    });
    expect(split(bytes("a <thi"), none, true)).toEqual({ thought: "a <thi", answer: "" });
    expect(split(bytes("x <think> y"), none, false)).toEqual({ thought: "", answer: "x <think> y" });
  });
});

describe("a continued reply", () => {
  const rest = (tokens: number[], opensThought: boolean, soFar: { thought: string | null; answer: string }) => {
    const parts = new ReplyParts(ids, detokenize, { opensThought, answerStart: "", soFar });
    const whole = { thought: "", answer: "" };
    for (const { part, text } of [...tokens.flatMap((token) => parts.take(token)), ...parts.end()]) whole[part] += text;
    return whole;
  };

  it("keeps the line breaks that follow a thought's beginning, and ends the thought as usual", () => {
    const tokens = [...bytes("\ntwo\n"), 261, ...bytes("\n\n42")];
    expect(rest(tokens, true, { thought: "one", answer: "" })).toEqual({ thought: "\ntwo", answer: "\n\n42" });
  });

  it("does not open a thought in an answer that has begun", () => {
    const soFar = { thought: null, answer: "\n\nOne " };
    expect(rest([260, ...bytes(" two")], false, soFar)).toEqual({ thought: "", answer: "<think> two" });
    expect(rest(bytes("\n\ntwo"), false, soFar).answer).toBe("\n\ntwo");
  });
});

describe("TokenText", () => {
  it("returns characters whole, even if tokens split them", () => {
    const decoder = new TokenText(detokenize);
    const out = bytes("é😀x").map((byte) => decoder.push(byte));
    expect(out).toEqual(["", "é", "", "", "", "😀", "x"]);
  });

  it("returns broken bytes as U+FFFD and loses none of the text around them", () => {
    const decoder = new TokenText(detokenize);
    const out = [0x61, 0xff, 0x62, 0xf0, 0x9f].map((byte) => decoder.push(byte)).join("") + decoder.flush();
    expect(out).toBe("a\uFFFDb\uFFFD");
  });
});
