import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";
import { chartTicks } from "../../../renderer/features/benchmark/chartTicks.ts";
import { conditionFacts } from "../../../renderer/features/benchmark/conditionFacts.ts";
import { customTests } from "../../../renderer/features/benchmark/customTests.ts";
import { historyChart, sharedTests } from "../../../renderer/features/benchmark/historyChart.ts";
import { middleOf } from "../../../renderer/features/benchmark/middleOf.ts";
import { writingCharts } from "../../../renderer/features/benchmark/writingCharts.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const english = openTexts("en");

test.each([
  [310, [0, 100, 200, 300, 400]],
  [24.7, [0, 10, 20, 30]],
  [4, [0, 1, 2, 3, 4]],
  [0.03, [0, 0.01, 0.02, 0.03]],
  [20_001, [0, 10_000, 20_000, 30_000]],
])("an axis up to %d has the round values %j", (highest, ticks) => {
  const found = chartTicks(highest, 4);
  expect(found).toHaveLength(ticks.length);
  for (const [index, tick] of ticks.entries()) expect(found[index]).toBeCloseTo(tick, 9);
});

test("custom lengths are measured at every depth, in llama-bench's order, each once", () => {
  expect(customTests({ reading: "512, 512", writing: "128", depths: "0 2048", repeats: "5" })).toEqual({
    repeats: 5,
    tests: [
      { promptTokens: 512, generatedTokens: 0, depth: 0 },
      { promptTokens: 0, generatedTokens: 128, depth: 0 },
      { promptTokens: 512, generatedTokens: 0, depth: 2048 },
      { promptTokens: 0, generatedTokens: 128, depth: 2048 },
    ],
  });
  expect(customTests({ reading: "", writing: "16", depths: "", repeats: " 12 " })).toEqual({
    repeats: 12,
    tests: [{ promptTokens: 0, generatedTokens: 16, depth: 0 }],
  });
});

test.each([
  ["512x", { kind: "wrongLength" }],
  ["-1", { kind: "wrongLength" }],
  ["9999999", { kind: "wrongLength" }],
  ["0", { kind: "noLength" }],
  [Array.from({ length: 101 }, (_, index) => index + 1).join(), { kind: "tooManyTests", tests: 101 }],
])("lengths that cannot be measured show why: %s", (reading, problem) => {
  expect(customTests({ reading, writing: "", depths: "0", repeats: "5" })).toEqual({ problem });
});

test.each(["", "0", "1001", "2.5", "-1", "five"])(
  "a number of repeats that cannot be measured is refused: %j",
  (repeats) => {
    expect(customTests({ reading: "512", writing: "", depths: "0", repeats })).toEqual({
      problem: { kind: "wrongRepeats" },
    });
  },
);

test("writing is drawn against depth if it was measured at several, with the middle half as whiskers", () => {
  const result = benchmarkResult({
    tests: [
      testResult(0, 128, [20, 21, 22], 2048),
      testResult(0, 128, [25, 26, 27]),
      testResult(512, 0, [300]),
      testResult(512, 0, [250], 2048),
    ],
  });
  const charts = writingCharts(english, [{ name: "A", noisy: true, tests: result.tests }]);
  expect(charts).toHaveLength(1);
  expect(charts[0]).toMatchObject({
    title: "Writing, tok/s, by tokens in context (tg128)",
    summary: "26.0 tok/s at a depth of 0 tokens, 21.0 tok/s at 2,048 tokens.",
    xTicks: [
      { x: 0, text: "0" },
      { x: 2048, text: "2k" },
    ],
  });
  expect(charts[0]?.series[0]?.points).toEqual([
    { x: 0, label: "tg128", median: 26, low: 25.5, high: 26.5, noisy: true },
    { x: 2048, label: "tg128 at depth 2,048", median: 21, low: 20.5, high: 21.5, noisy: true },
  ]);
});

test("over time, the oldest result is on the left, and other settings are another line", () => {
  const at = (day: number, threads: number) =>
    benchmarkResult({ startedAt: Date.UTC(2026, 8, day, 12), conditions: conditionsWith({ settings: { threads } }) });
  const newestFirst = [at(9, 2), at(6, 4), at(3, 2)];
  const { series, xTicks } = historyChart(english, newestFirst, { name: "tg128", depth: 0 });
  expect(series.map(({ name, points }) => [name, points.map(({ x }) => x)])).toEqual([
    ["CPU, 2 threads, batch 512", [0, 2]],
    ["CPU, 4 threads, batch 512", [1]],
  ]);
  expect(xTicks).toEqual([
    { x: 0, text: "3 Sept 2026" },
    { x: 2, text: "9 Sept 2026" },
  ]);
});

test("charts are labelled with each language's words and number formats", () => {
  const result = benchmarkResult({ tests: [testResult(0, 128, [20]), testResult(0, 128, [19], 2048)] });
  const [chart] = writingCharts(openTexts("fr"), [{ name: "A", noisy: false, tests: result.tests }]);
  expect(chart?.title).toBe("Écriture en tok/s selon les tokens en contexte (tg128)");
  expect(chart?.summary.replaceAll(/\s/g, " ")).toBe(
    "20,0 tok/s à une profondeur de 0 token, 19,0 tok/s à 2 048 tokens.",
  );
  const history = historyChart(openTexts("zh-CN"), [result, result], { name: "tg128", depth: 2048 });
  expect(history.title).toBe("tg128（深度 2,048）：随时间的变化，tok/s");
  expect(history.series[0]?.name).toBe("CPU，2 个线程，批大小 512");
});

test("only tests that several results have are offered over time, writing first", () => {
  const once = benchmarkResult({ tests: [testResult(64, 0, [9]), testResult(512, 0, [9]), testResult(0, 128, [9])] });
  expect(sharedTests([once, benchmarkResult()])).toEqual([
    { name: "tg128", depth: 0 },
    { name: "pp512", depth: 0 },
  ]);
  expect(sharedTests([once])).toEqual([]);
});

test("every condition stored with a result is shown", () => {
  const conditions = conditionsWith({
    engine: { devices: ["Device 7"], driver: "Driver 8" },
    settings: { batchSize: 513, microBatchSize: 257, gpuLayers: 11, contextSize: 4353, seed: 77, kvCacheType: "q8_0" },
    machine: { gpus: ["Card 3"], physicalCores: 21, usableCores: 22 },
    power: { source: "battery", batteryPercent: 64, mode: "saver" },
    thermal: { celsius: 71, throttled: true },
  });
  const text = conditionFacts(english, conditions)
    .map(({ name, value }) => `${name}: ${value}`)
    .join("\n");
  const { appVersion, engine, settings, model, machine, thermal } = conditions;
  for (const value of [
    appVersion,
    engine.llamaRelease,
    engine.libraryVersion,
    "CPU",
    ...engine.devices,
    engine.driver,
    `Threads: ${settings.threads}`,
    "Batch size: 513 tokens, micro-batch 257 tokens",
    "Flash attention: on",
    settings.kvCacheType,
    "Memory mapping: on",
    "GPU layers: 11 of 29",
    "4,353 tokens",
    "Seed: 77",
    model.name,
    model.description,
    model.architecture,
    model.quantization,
    "1.8 billion",
    "distill.gguf, 1.12 GB",
    model.files[0]?.sha256,
    machine.id,
    machine.cpuModel,
    "Example 9000, 21 cores, 22 threads usable",
    "16.00 GB, 8.00 GB free",
    ...machine.gpus,
    "Debian, 6.1, x64",
    "battery, battery at 64 %, mode saver",
    `${thermal.celsius} °C, slowed down by heat`,
  ]) {
    expect(text).toContain(value);
  }
});

test("the figure so far is the median of the runs that have ended", () => {
  expect(middleOf([])).toBeNull();
  expect(middleOf([9])).toBe(9);
  expect(middleOf([9, 1, 5])).toBe(5);
  expect(middleOf([1, 10, 2, 3])).toBe(2.5);
});
