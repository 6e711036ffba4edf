import type {
  BenchmarkConditions,
  BenchmarkResult,
  BenchmarkTestResult,
} from "../../../electron/contract/benchmark.ts";
import { testName } from "../../../electron/contract/testName.ts";
import { speedOf } from "../../../electron/workbench/benchmark/speedOf.ts";

const conditions: BenchmarkConditions = {
  appVersion: "0.1.0",
  engine: { llamaRelease: "b6000", libraryVersion: "3.21.1", backend: "cpu", devices: [], driver: null },
  settings: {
    threads: 2,
    batchSize: 512,
    microBatchSize: 512,
    flashAttention: true,
    kvCacheType: "f16",
    memoryMapped: true,
    largePages: false,
    gpuLayers: 0,
    layers: 29,
    contextSize: 4352,
    seed: 1,
  },
  model: {
    id: "distill",
    name: "DeepSeek R1 Distill",
    description: "qwen2 1.5B Q4_K - Medium",
    architecture: "qwen2",
    quantization: "Q4_K_M",
    parameters: 1_777_088_000,
    weightsBytes: 1_111_370_240,
    files: [{ name: "distill.gguf", sizeBytes: 1_117_320_576, sha256: "a".repeat(64) }],
  },
  machine: {
    id: "0123456789ab",
    cpuModel: "Example 9000",
    physicalCores: 2,
    usableCores: 2,
    memoryBytes: 16e9,
    freeMemoryBytes: 8e9,
    gpus: [],
    os: { name: "Debian", release: "6.1", architecture: "x64" },
  },
  power: { source: "mains", batteryPercent: null, mode: null },
  thermal: { throttled: false, celsius: 50 },
};

type Changes = { [Part in keyof BenchmarkConditions]?: Partial<BenchmarkConditions[Part]> };

/** Returns conditions with some of them changed, part by part. */
export function conditionsWith(changes: Changes = {}): BenchmarkConditions {
  const changed = structuredClone(conditions);
  for (const [part, change] of Object.entries(changes)) {
    const key = part as keyof BenchmarkConditions;
    Object.assign(changed, { [key]: typeof change === "string" ? change : { ...Object(conditions[key]), ...change } });
  }
  return changed;
}

export function testResult(
  promptTokens: number,
  generatedTokens: number,
  samples: number[],
  depth = 0,
): BenchmarkTestResult {
  return {
    name: testName({ promptTokens, generatedTokens }),
    depth,
    promptTokens,
    generatedTokens,
    startedAt: Date.UTC(2026, 8, 3, 12),
    tokensPerSecond: speedOf(samples),
    discarded: [],
    otherLoadCores: 0,
  };
}

export function benchmarkResult(overrides: Partial<BenchmarkResult> = {}): BenchmarkResult {
  return {
    id: "one",
    plan: "standard",
    startedAt: Date.UTC(2026, 8, 3, 12),
    endedAt: Date.UTC(2026, 8, 3, 12, 5),
    ending: "complete",
    problem: null,
    tests: [testResult(512, 0, [100, 102, 104, 106, 108]), testResult(0, 128, [25, 25, 25, 26, 26])],
    leftOut: [],
    loadMs: 900,
    ttftMs: 1200,
    peakMemoryBytes: 2e9,
    noise: { noisy: false, reasons: [], otherLoadCores: 0, stolenCores: 0 },
    conditions: conditionsWith(),
    ...overrides,
  };
}
