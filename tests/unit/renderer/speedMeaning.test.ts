import { expect, test } from "vitest";
import { languages } from "../../../electron/contract/languages.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { speedMeaning } from "../../../renderer/features/benchmark/speedMeaning.ts";

const english = openTexts("en");
const writing = (speed: number): string => speedMeaning(english, { writing: speed, reading: undefined });

test.each([
  // 183 words a minute with 1.3 tokens each are 3.965 tok/s.
  [3.9, "It writes more slowly than you read aloud."],
  [4, "It writes faster than you read aloud."],
  // 238 words a minute are 5.157 tok/s.
  [5.1, "It writes faster than you read aloud."],
  [5.2, "It writes faster than you read."],
  [10.3, "It writes faster than you read."],
  [10.4, "It writes more than 2 times as fast as you read."],
  [23.4, "It writes more than 4 times as fast as you read."],
  [103, "It writes more than 19 times as fast as you read."],
  [104, "It writes far faster than anyone can read."],
])("a speed of writing of %d tok/s is compared with how fast people read", (speed, told) => {
  expect(writing(speed)).toBe(told);
});

test.each([
  [91.2, "It reads a page of 500 words in about 7.1 s."],
  [20, "It reads a page of 500 words in about 33 s."],
  [2, "It reads a page of 500 words in about 5 min."],
  [40_000, ""],
])("a speed of reading of %d tok/s is told as the time for a page", (speed, told) => {
  expect(speedMeaning(english, { writing: undefined, reading: speed })).toBe(told);
});

test("it is told in each language", () => {
  const told = languages.map((language) =>
    speedMeaning(openTexts(language), { writing: 23.4, reading: 91.2 }).replaceAll(/[\u00a0\u202f]/g, " "),
  );
  expect(told).toEqual([
    "It writes more than 4 times as fast as you read. It reads a page of 500 words in about 7.1 s.",
    "Il écrit plus de 4 fois plus vite que vous ne lisez. Il lit une page de 500 mots en 7,1 s environ.",
    "生成速度是您阅读速度的 4 倍以上。读取一页 500 词的英文约需 7.1 秒。",
  ]);
});
