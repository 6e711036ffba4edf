import { expect, test } from "vitest";
import { compareResults } from "../../../electron/workbench/benchmark/compareResults.ts";
import { speedOf, spreadOf } from "../../../electron/workbench/benchmark/speedOf.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";

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

test("one odd run does not widen the spread", () => {
  expect(spreadOf(speedOf([24, 24.1, 24.2, 24.3, 9]))).toBeLessThan(0.02);
});

test("the ratio of two speeds has the farthest that both middle halves allow", () => {
  const faster = other({
    tests: [testResult(512, 0, [200, 204, 208, 212, 216]), testResult(0, 128, [25, 25, 26, 26, 25])],
  });
  const { tests, comparable, verdict } = compareResults([benchmarkResult(), faster]);
  expect(comparable).toBe(true);
  expect(verdict).toBe("Comparable: the same conditions.");
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
  [{ settings: { threads: 4 } }, "threads differ (2 and 4)"],
  [{ settings: { batchSize: 128 } }, "batch differs (512 and 128)"],
  [{ settings: { microBatchSize: 128 } }, "micro-batch differs (512 and 128)"],
  [{ settings: { flashAttention: false } }, "flash attention differs (on and off)"],
  [{ settings: { kvCacheType: "q8_0" as const } }, "type of keys and values differs (f16 and q8_0)"],
  [{ settings: { memoryMapped: false } }, "memory mapping differs (on and off)"],
  [{ settings: { gpuLayers: 10 } }, "GPU layers differ (all on the CPU and 10 of 29 on the GPU)"],
  [{ engine: { backend: "vulkan" as const } }, "backend differs (cpu and vulkan)"],
  [{ machine: { cpuModel: "Other 7" } }, "processor differs (Example 9000 and Other 7)"],
  [{ machine: { usableCores: 1 } }, "usable cores differ (2 and 1)"],
  [{ power: { source: "battery" as const } }, "power differs (mains and battery)"],
  [{ power: { mode: "low-power" } }, "power mode differs (unknown and low-power)"],
  [{ thermal: { throttled: true } }, "throttling differs (off and on)"],
])("%j is not comparable, and named", (changes, message) => {
  const { comparable, verdict, differences } = compareResults([
    benchmarkResult(),
    other({ conditions: conditionsWith(changes) }),
  ]);
  expect(comparable).toBe(false);
  expect(verdict).toBe(`Not comparable: ${message}.`);
  expect(differences).toMatchObject([{ matters: true, message }]);
});

test.each([
  [{ engine: { llamaRelease: "b6100" } }, "llama.cpp differs (b6000 and b6100)"],
  [{ engine: { driver: "560.1" } }, "driver differs (none and 560.1)"],
  [{ model: { quantization: "Q8_0" } }, "model differs (DeepSeek R1 Distill Q4_K_M and DeepSeek R1 Distill Q8_0)"],
  [{ settings: { contextSize: 8704 } }, "context differs (4352 and 8704)"],
  [{ appVersion: "0.2.0" as never }, "app differs (0.1.0 and 0.2.0)"],
])("%j only informs", (changes, message) => {
  const { comparable, verdict } = compareResults([benchmarkResult(), other({ conditions: conditionsWith(changes) })]);
  expect({ comparable, verdict }).toEqual({ comparable: true, verdict: `Comparable: ${message}.` });
});

test("what never says the same twice is no difference", () => {
  const changes = { thermal: { celsius: 52 }, machine: { freeMemoryBytes: 7e9, memoryBytes: 16.2e9 } };
  const { differences } = compareResults([benchmarkResult(), other({ conditions: conditionsWith(changes) })]);
  expect(differences).toEqual([]);
});

test("all differences are named, those that matter first, and three results one by one", () => {
  const results = [2, 4, 8].map((threads, index) =>
    benchmarkResult({
      id: String(index),
      conditions: conditionsWith({
        engine: { llamaRelease: `b${threads}` },
        settings: { threads, batchSize: 64 * threads },
      }),
    }),
  );
  const { verdict, differences } = compareResults(results);
  expect(verdict).toBe("Not comparable: threads differ (2, 4 and 8); batch differs (128, 256 and 512).");
  expect(differences.map(({ condition, matters }) => [condition, matters])).toEqual([
    ["threads", true],
    ["batch", true],
    ["llama.cpp", false],
  ]);
  expect(differences[0]?.values).toEqual(["2", "4", "8"]);
});

test("that one of them was noisy is said", () => {
  const noisy = other({ noise: { noisy: true, reasons: [], otherLoadCores: 1, stolenCores: null } });
  expect(compareResults([benchmarkResult(), noisy]).verdict).toBe("Comparable: noise differs (quiet and noisy).");
});
