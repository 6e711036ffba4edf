import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";
import type { Picture } from "../../../renderer/features/benchmark/PictureSheet.ts";
import { resultPicture } from "../../../renderer/features/benchmark/resultPicture.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const english = openTexts("en");
const wordsOf = ({ items }: Picture): string[] => items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
const quiet = { noisy: false, reasons: [], otherLoadCores: 0, stolenCores: 0 };

test("the picture shows what was measured, how steady it was, and the conditions", () => {
  const words = wordsOf(resultPicture(english, benchmarkResult()));
  expect(words).toEqual([
    "R1 Workbench benchmark, 3 Sept 2026",
    "DeepSeek R1 Distill",
    "Q4_K_M, 1.8 billion weights, 1.12 GB",
    "pp512",
    "Reads 512 tokens into an empty context",
    "104.0 tok/s",
    "102.0 to 106.0",
    "tg128",
    "Writes 128 tokens into an empty context",
    "25.0 tok/s",
    "25.0 to 26.0",
    "first token after 1.20 s, loaded in 0.90 s, peak memory 2.00 GB, median and spread of at least 5 timed runs",
    "Example 9000, 16.00 GB of memory, Debian",
    "CPU, 2 threads, batch 512, KV cache f16, flash attention on, on mains",
    "llama.cpp b6000, node-llama-cpp 3.21.1, R1 Workbench 0.1.0",
  ]);
});

test("it is in the chosen language", () => {
  const words = wordsOf(resultPicture(openTexts("fr"), benchmarkResult())).map((text) => text.replaceAll(/\s/g, " "));
  expect(words).toContain("Test de performances R1 Workbench, 3 sept. 2026");
  expect(words).toContain("104,0 tok/s");
  expect(words).toContain("Q4_K_M, 1,8 milliard de paramètres, 1,12 Go");
  expect(words).toContain("CPU, 2 threads, lot de 512, cache KV f16, flash attention activée, sur secteur");
});

test("a noisy result says so, with the reason", () => {
  const facts = { case: "test" as const, test: "tg128", share: 0.15 };
  const throttled = { code: "throttled" as const, facts: {} };
  const noise = { ...quiet, noisy: true, reasons: [{ code: "other-load" as const, facts }, throttled] };
  const message = "Other programs used 15 % of the processor during tg128.";
  expect(wordsOf(resultPicture(english, benchmarkResult({ noise })))).toEqual(
    expect.arrayContaining([`Noisy: ${message}`, "The processor slowed down because of heat."]),
  );
  expect(wordsOf(resultPicture(english, benchmarkResult())).join()).not.toContain("Noisy");
});

test("nothing in it identifies the machine: no id, no file, no hash", () => {
  const result = benchmarkResult({ id: "result-id" });
  const words = wordsOf(resultPicture(english, result)).join("\n");
  const { machine, model } = result.conditions;
  for (const secret of [
    result.id,
    machine.id,
    model.id,
    ...model.files.flatMap(({ name, sha256 }) => [name, sha256]),
  ]) {
    expect(words).not.toContain(secret);
  }
});

test("all texts are inside the picture, in separate rows, however many tests and however long the words", () => {
  const depths = [0, 2048, 8192];
  const tests = depths.flatMap((depth) => [
    testResult(512, 0, [300, 310, 305], depth),
    testResult(0, 128, [24], depth),
  ]);
  const conditions = conditionsWith({ model: { name: "x".repeat(300) } });
  const { width, height, items } = resultPicture(english, benchmarkResult({ tests, conditions }));
  for (const item of items) {
    expect(item.x).toBeGreaterThanOrEqual(0);
    expect(item.x + (item.kind === "box" ? item.width : item.maxWidth)).toBeLessThanOrEqual(width);
    expect(item.y + (item.kind === "box" ? item.height : 0)).toBeLessThanOrEqual(height);
    if (item.kind === "text") expect(item.text.length).toBeLessThanOrEqual(120);
  }
  const rows = items.flatMap((item) => (item.kind === "text" && /^(pp|tg)/.test(item.text) ? [item.y] : []));
  expect(rows).toHaveLength(6);
  expect(new Set(rows).size).toBe(6);
});

test("a line of Chinese is cut where it would be too wide, which is earlier", () => {
  const conditions = conditionsWith({ model: { name: "模".repeat(90) } });
  expect(wordsOf(resultPicture(openTexts("zh-CN"), benchmarkResult({ conditions })))).toContain(`${"模".repeat(59)}…`);
});

test("bars of reading and of writing have separate scales", () => {
  const tests = [testResult(512, 0, [300]), testResult(512, 0, [150], 2048), testResult(0, 128, [20])];
  const bars = resultPicture(english, benchmarkResult({ tests })).items.flatMap((item) =>
    item.kind === "box" && item.colour === "#0d676d" ? [item.width] : [],
  );
  expect(bars).toEqual([320, 160, 320]);
});
