import { expect, test } from "vitest";
import { clipped } from "../../../electron/cli/clipped.ts";
import { columns } from "../../../electron/cli/columns.ts";
import { wrapText } from "../../../electron/cli/wrapText.ts";

test("lines break at spaces, but not at non-breaking ones", () => {
  expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrapText("par défaut\u00A0: main", 11)).toEqual(["par", "défaut\u00A0:", "main"]);
  expect(wrapText("a-word-that-is-too-long x", 8)).toEqual(["a-word-that-is-too-long", "x"]);
  expect(wrapText("", 8)).toEqual([""]);
});

test("Chinese is two cells wide and breaks between words, with punctuation in its place", () => {
  expect(wrapText("模型的速度", 6)).toEqual(["模型的", "速度"]);
  expect(wrapText("测量模型，然后", 8)).toEqual(["测量", "模型，", "然后"]);
  expect(wrapText("读取（设置）", 6)).toEqual(["读取", "（设置）"]);
  expect(wrapText("运行 llama-bench 测试", 12)).toEqual(["运行", "llama-bench", "测试"]);
});

test("a number stays with its unit", () => {
  expect(wrapText("ou quick (30 s)", 12)).toEqual(["ou quick", "(30 s)"]);
  expect(wrapText("限制为 10 分钟", 10)).toEqual(["限制为", "10 分钟"]);
  expect(wrapText("threads of Q4 model", 13)).toEqual(["threads of Q4", "model"]);
});

test("columns are aligned by cells; a long name has its description below", () => {
  expect(
    columns([
      ["大小", "1 MB"],
      ["Name", "x"],
    ]),
  ).toBe("大小  1 MB\nName  x\n");
  expect(columns([["--a-name-that-takes-too-many-cells", "what"]], "  ")).toBe(
    "  --a-name-that-takes-too-many-cells\n    what\n",
  );
});

test("text shown in place is no wider than the terminal", () => {
  expect(clipped("downloading", 11)).toBe("downloading");
  expect(clipped("downloading", 8)).toBe("downloa…");
  expect(clipped("正在下载模型", 8)).toBe("正在下…");
});
