import { describe, expect, it } from "vitest";
import { terminalJson, terminalText } from "../../../electron/cli/terminalText.ts";

const hostile = "\x1B]0;title\x07\x1B[2J\r\b\x7F\x9B31m\u202Eabc\u2066";
const acting = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u;

describe("text for a terminal", () => {
  it("contains nothing that controls a terminal, and is otherwise unchanged", () => {
    expect(terminalText(hostile)).not.toMatch(acting);
    expect(terminalText(hostile)).toContain("title");
    expect(terminalText("a\tb\nc\r\nd 你好 👩‍👩‍👧 é")).toBe("a\tb\nc\nd 你好 👩‍👩‍👧 é");
  });

  it("keeps the marks that Hebrew, Arabic and Syriac need", () => {
    const marked = "שלום\u200F! (abc)\u200E \u061C١٢٣-٤٥٦";
    expect(terminalText(marked)).toBe(marked);
    expect(terminalJson(marked)).toBe(JSON.stringify(marked));
  });

  it("has no effect as JSON, and is parsed back unchanged", () => {
    const json = terminalJson({ hostile, lone: "\uD800" });
    expect(json).not.toMatch(acting);
    expect(JSON.parse(json)).toEqual({ hostile, lone: "\uD800" });
  });
});
