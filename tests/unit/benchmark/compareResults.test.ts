import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";
import { comparisonVerdict } from "../../../electron/texts/benchmark/comparisonVerdict.ts";
import { compareResults } from "../../../electron/workbench/benchmark/compareResults.ts";
import { speedOf, spreadOf } from "../../../electron/workbench/benchmark/speedOf.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

const english = openTexts("en");
const verdictOf = (...results: Parameters<typeof compareResults>[0][number][]): string =>
  comparisonVerdict(english, compareResults(results));
const other = (overrides: Parameters<typeof benchmarkResult>[0]) => benchmarkResult({ id: "two", ...overrides });

test("a speed is the median, with range and quartiles as NumPy computes them", () => {
  expect(speedOf([25, 20, 24, 23, 21])).toEqual({
    median: 23,
    min: 20,
    max: 25,
    lowerQuartile: 21,
    upperQuartile: 24,
    samples: [25, 20, 24, 23, 21],
  });
  // numpy.percentile([1, 2, 3, 10], [25, 75]) is [1.75, 4.75].
  expect(speedOf([10, 1, 3, 2])).toMatchObject({ median: 2.5, lowerQuartile: 1.75, upperQuartile: 4.75 });
  expect(speedOf([7])).toMatchObject({ median: 7, lowerQuartile: 7, upperQuartile: 7 });
  expect(spreadOf(speedOf([25, 20, 24, 23, 21]))).toBeCloseTo(3 / 23);
});

test("one outlier does not widen the spread", () => {
  expect(spreadOf(speedOf([24, 24.1, 24.2, 24.3, 9]))).toBeLessThan(0.02);
});

test("the range of a ratio is the widest that both middle halves allow", () => {
  const faster = other({
    tests: [testResult(512, 0, [200, 204, 208, 212, 216]), testResult(0, 128, [25, 25, 26, 26, 25])],
  });
  const { tests, comparable, differences } = compareResults([benchmarkResult(), faster]);
  expect({ comparable, differences }).toEqual({ comparable: true, differences: [] });
  expect(verdictOf(benchmarkResult(), faster)).toBe("Comparable. The conditions are the same.");
  const [reading, writing] = tests;
  expect(reading).toMatchObject({ name: "pp512", depth: 0 });
  expect(reading?.speeds[0]?.ratio).toBeNull();
  expect(reading?.speeds[1]?.ratio).toEqual({ value: 2, low: 204 / 106, high: 212 / 102, change: "faster" });
  expect(writing?.speeds[1]?.ratio).toMatchObject({ value: 1, change: "unclear" });
  const [slower] = compareResults([faster, benchmarkResult()]).tests;
  expect(slower?.speeds[1]?.ratio).toMatchObject({ value: 0.5, change: "slower" });
});

test("a test that a result lacks has no speed and no ratio", () => {
  const deep = other({ tests: [testResult(512, 0, [50], 2048)] });
  const { tests } = compareResults([benchmarkResult(), deep]);
  expect(tests.map(({ name, depth }) => [name, depth])).toEqual([
    ["pp512", 0],
    ["tg128", 0],
    ["pp512", 2048],
  ]);
  expect(tests[0]?.speeds[1]).toEqual({ speed: null, ratio: null });
  expect(tests[2]?.speeds[1]).toMatchObject({ speed: { median: 50 }, ratio: null });
});

test.each([
  [{ settings: { threads: 4 } }, "threads (2 and 4)"],
  [{ settings: { batchSize: 128 } }, "batch size (512 and 128)"],
  [{ settings: { microBatchSize: 128 } }, "micro-batch size (512 and 128)"],
  [{ settings: { flashAttention: false } }, "flash attention (on and off)"],
  [{ settings: { kvCacheType: "q8_0" as const } }, "KV cache type (f16 and q8_0)"],
  [{ settings: { memoryMapped: false } }, "memory mapping (on and off)"],
  [{ settings: { gpuLayers: 10 } }, "GPU layers (all on the CPU and 10 of 29 on the GPU)"],
  [{ settings: { gpuLayers: 29 } }, "GPU layers (all on the CPU and all on the GPU)"],
  [{ engine: { backend: "vulkan" as const } }, "backend (CPU and Vulkan)"],
  [{ machine: { cpuModel: "Other 7" } }, "processor (Example 9000 and Other 7)"],
  [{ machine: { usableCores: 1 } }, "usable cores (2 and 1)"],
  [{ machine: { gpus: ["Card 3", "Card 4"] } }, "graphics (none and Card 3, Card 4)"],
  [{ machine: { memoryBytes: 32.1e9 } }, "memory (16.00 GB and 32.00 GB)"],
  [{ power: { source: "battery" as const } }, "power (mains and battery)"],
  [{ power: { mode: "low-power" } }, "power mode (not known and low-power)"],
  [{ thermal: { throttled: true } }, "slowed down by heat (no and yes)"],
])("%j makes results not comparable, and is named", (changes, named) => {
  const changed = other({ conditions: conditionsWith(changes) });
  const { comparable, differences } = compareResults([benchmarkResult(), changed]);
  expect(comparable).toBe(false);
  expect(differences).toMatchObject([{ matters: true }]);
  expect(verdictOf(benchmarkResult(), changed)).toBe(`Not comparable. These conditions differ: ${named}.`);
});

test.each([
  [{ engine: { llamaRelease: "b6100" } }, "llama.cpp (b6000 and b6100)"],
  [{ engine: { driver: "560.1" } }, "graphics driver (none and 560.1)"],
  [{ model: { quantization: "Q8_0" } }, "model (DeepSeek R1 Distill Q4_K_M and DeepSeek R1 Distill Q8_0)"],
  [{ settings: { contextSize: 8704 } }, "context (4,352 and 8,704)"],
  [{ appVersion: "0.2.0" as never }, "app version (0.1.0 and 0.2.0)"],
  [{ thermal: { celsius: 88 } }, "temperature (about 50 °C and about 90 °C)"],
])("%j is only for information", (changes, named) => {
  const changed = other({ conditions: conditionsWith(changes) });
  expect(compareResults([benchmarkResult(), changed]).comparable).toBe(true);
  expect(verdictOf(benchmarkResult(), changed)).toBe(`Comparable. These conditions differ: ${named}.`);
});

test.each([
  [{ power: { source: "unknown" as const } }, "alimentation (sur secteur et inconnue)"],
  [{ power: { mode: "low-power" } }, "mode d’alimentation (inconnu et low-power)"],
  [{ settings: { flashAttention: null } }, "flash attention (activée et inconnue)"],
  [{ machine: { gpus: ["Card 3"] } }, "carte graphique (aucune et Card 3)"],
])("in French, the values of %j agree with the name of the condition", (changes, named) => {
  const comparison = compareResults([benchmarkResult(), other({ conditions: conditionsWith(changes) })]);
  expect(comparisonVerdict(openTexts("fr"), comparison)).toContain(`Conditions qui diffèrent\u00a0: ${named}.`);
});

test("models that run completely on the GPU are alike, whatever their number of layers", () => {
  const onGpu = (layers: number) => other({ conditions: conditionsWith({ settings: { layers, gpuLayers: layers } }) });
  expect(compareResults([onGpu(29), onGpu(33)]).differences).toEqual([]);
});

test("the same file under another name is the same model", () => {
  const renamed = other({ conditions: conditionsWith({ model: { name: "R1-Distill-Qwen-1.5B" } }) });
  expect(compareResults([benchmarkResult(), renamed]).differences).toEqual([]);
});

test("values that vary in every run are not a difference", () => {
  const changes = { thermal: { celsius: 52 }, machine: { freeMemoryBytes: 7e9, memoryBytes: 16.2e9 } };
  const { differences } = compareResults([benchmarkResult(), other({ conditions: conditionsWith(changes) })]);
  expect(differences).toEqual([]);
});

test("all differences are named, those that matter first, with a value for each of three results", () => {
  const results = [2, 4, 8].map((threads, index) =>
    benchmarkResult({
      id: String(index),
      conditions: conditionsWith({
        engine: { llamaRelease: `b${threads}` },
        settings: { threads, batchSize: 64 * threads },
      }),
    }),
  );
  const { differences } = compareResults(results);
  expect(verdictOf(...results)).toBe(
    "Not comparable. These conditions differ: threads (2, 4 and 8) and batch size (128, 256 and 512).",
  );
  expect(differences.map(({ condition, matters }) => [condition, matters])).toEqual([
    ["threads", true],
    ["batchSize", true],
    ["llamaRelease", false],
  ]);
  expect(differences[0]?.values).toEqual([2, 4, 8]);
});

test("a noisy result is reported as noisy", () => {
  const noisy = other({ noise: { noisy: true, reasons: [], otherLoadCores: 1, stolenCores: null } });
  expect(verdictOf(benchmarkResult(), noisy)).toBe("Comparable. These conditions differ: noise (quiet and noisy).");
});

test("the verdict is given in each language, with numbers in its format", () => {
  const changed = other({ conditions: conditionsWith({ settings: { threads: 4, batchSize: 2048 } }) });
  const comparison = compareResults([benchmarkResult(), changed]);
  expect(comparisonVerdict(openTexts("fr"), comparison).replaceAll(/[\u00a0\u202f]/g, " ")).toBe(
    "Non comparables. Conditions qui diffèrent : threads (2 et 4) et taille de lot (512 et 2 048).",
  );
  expect(comparisonVerdict(openTexts("zh-CN"), comparison)).toBe(
    "无法比较。以下条件不同：线程数（2、4）、批大小（512、2,048）。",
  );
});
