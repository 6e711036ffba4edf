import { expect, test } from "vitest";
import { systemText } from "../../../electron/main/systemText.ts";

test.each([
  ["DeepSeek-R1-Distill-Qwen-7B-Q4_K_M", "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M"],
  ["one\r\ntwo\u2028three\u0000", "one two three"],
  ["model\u202Efdp.exe", "model fdp.exe"],
  ["\u2066\u061C hidden\uFEFF", "hidden"],
  ["half \ud800 a pair", "half   a pair"],
  ['<a href="https://x">Open</a> & more', '‹a href="https://x"›Open‹/a› & more'],
  // What scripts and emoji need is kept: joiners between letters, and within a combined character.
  ["می\u200Cخواهم", "می\u200Cخواهم"],
  ["👩\u200D💻", "👩\u200D💻"],
])("for %j, the system shows %j", (text, shown) => {
  expect(systemText(text, 100)).toBe(shown);
});

test("it is limited, and no character is split", () => {
  expect(systemText("x".repeat(100), 100)).toBe("x".repeat(100));
  expect(systemText("x".repeat(101), 100)).toBe(`${"x".repeat(99)}…`);
  expect(systemText("𝒳".repeat(10_000), 5)).toBe("𝒳𝒳𝒳𝒳…");
});
