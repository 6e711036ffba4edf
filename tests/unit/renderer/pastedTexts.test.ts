import { expect, test } from "vitest";
import { aboutTokens } from "../../../electron/contract/aboutTokens.ts";
import { messageOf } from "../../../electron/contract/messageOf.ts";
import { foldedDraft } from "../../../renderer/features/chats/pastedTexts.ts";

test("pasted texts follow what was typed, each after a blank line", () => {
  expect(messageOf({ draft: "Summarise these: \n", pasted: ["one\n", "two"] })).toBe(
    "Summarise these:\n\none\n\n\ntwo",
  );
  expect(messageOf({ draft: "  ", pasted: ["one"] })).toBe("one");
  // Without pasted texts, a message is exactly what was typed.
  expect(messageOf({ draft: " typed \n", pasted: [] })).toBe(" typed \n");
});

test("a very long draft is folded like a pasted text, a short one is not", () => {
  const long = "x".repeat(20_001);
  expect(foldedDraft({ draft: long, pasted: ["p"] })).toEqual({ draft: "", pasted: [long, "p"] });
  expect(foldedDraft({ draft: "x".repeat(20_000), pasted: [] }).draft).toHaveLength(20_000);
});

test("tokens are estimated from a sample, with more of them in Chinese", () => {
  expect(aboutTokens("")).toBe(0);
  expect(aboutTokens("word ".repeat(800_000))).toBe(1_000_000);
  expect(aboutTokens("世界".repeat(80))).toBe(100);
  expect(aboutTokens("世界".repeat(80) + "word".repeat(40))).toBeGreaterThan(130);
});
