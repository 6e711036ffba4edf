import type { BenchmarkState } from "../../../electron/contract/benchmark.ts";
import type { TuneState, TuneTrial } from "../../../electron/contract/tune.ts";

const figure = (median: number) => ({ median, lowerQuartile: median * 0.97, upperQuartile: median * 1.03 });

/** Returns the state of a running benchmark with as much text as possible. */
export function runningBenchmark(modelName: string): BenchmarkState {
  return {
    state: "measuring",
    run: { id: "b1", modelId: "r1-nano", modelName, plan: { kind: "standard", minutes: 60 }, startedAt: 1 },
    progress: {
      tests: [
        { name: "pp1280+tg3072", depth: 8192, repeats: 1000, samples: [12.4, 12.9, 11.8, 12.2, 12.3] },
        { name: "tg128", depth: 131_072, repeats: 5, samples: [0.8] },
      ],
      leftOut: [
        { name: "pp512", depth: 262_144, reason: { code: "context", facts: { most: 131_072 } } },
        { name: "tg128", depth: 8192, reason: { code: "time", facts: { case: "tooLong", needed: 5000, left: 4000 } } },
      ],
      test: 1,
      run: 2,
      secondsLeft: 7500,
      fraction: 0.4,
      noise: {
        noisy: true,
        reasons: [
          { code: "other-load", facts: { case: "deep", test: "pp1280+tg3072", depth: 8192, share: 0.4 } },
          { code: "spread", facts: { case: "deep", test: "tg128", depth: 131_072, share: 0.31 } },
        ],
        otherLoadCores: 3,
        stolenCores: null,
      },
    },
  };
}

/** Returns the state of a benchmark during which the engine crashed, before anything was measured. */
export function failedBenchmark(modelName: string): BenchmarkState {
  return {
    state: "ended",
    run: { id: "b1", modelId: "r1-nano", modelName, plan: { kind: "standard", minutes: 60 }, startedAt: 1 },
    outcome: "engine-died",
    result: null,
    problem: { code: "engine-down", message: "", detail: "SIGSEGV" },
  };
}

/** Returns the state of a tuning that has found something and tries more. */
export function runningTuning(modelName: string): TuneState {
  const trial = (part: Pick<TuneTrial, "setting" | "to" | "from"> & Partial<TuneTrial>): TuneTrial => ({
    outcome: "no-gain",
    faster: 1,
    writing: { change: "same", ratio: 1 },
    reading: { change: "same", ratio: 1 },
    why: null,
    ...part,
  });
  return {
    state: "trying",
    run: { id: "t1", modelId: "r1-nano", modelName, minutes: 2, allowLossy: true, startedAt: 1 },
    progress: {
      step: "measuring",
      trials: [
        trial({
          setting: "threads",
          to: 6,
          from: 8,
          writing: { change: "slower", ratio: 0.969 },
          reading: { change: "slower", ratio: 0.78 },
        }),
        trial({
          setting: "flashAttention",
          to: true,
          from: false,
          outcome: "gain",
          writing: { change: "faster", ratio: 1.04 },
          reading: { change: "faster", ratio: 1.12 },
        }),
        trial({ setting: "memoryMapped", to: false, from: true }),
        trial({ setting: "batchSize", to: 1024, from: 512, outcome: "trying", writing: null, reading: null }),
      ],
      before: { reading: figure(60), writing: figure(15), replySeconds: 226 },
      secondsLeft: 52,
      noise: null,
    },
  };
}

/** Returns the state of a tuning that tried a lot and found something. */
export function endedTuning(modelName: string): TuneState {
  const before = { reading: figure(60), writing: figure(15), replySeconds: 226 };
  const trials: TuneTrial[] = [
    {
      setting: "threads",
      to: 16,
      from: 128,
      outcome: "other-output",
      faster: 1.65,
      writing: { change: "faster", ratio: 1.67 },
      reading: { change: "faster", ratio: 1.5 },
      why: { finding: { code: "other-output", facts: { token: 12 } } },
    },
    {
      setting: "batchSize",
      to: 2048,
      from: 512,
      outcome: "unclear",
      faster: null,
      writing: null,
      reading: null,
      why: { noise: { code: "other-load", facts: { case: "reading", share: 0.31 } } },
    },
    {
      setting: "largePages",
      to: true,
      from: false,
      outcome: "gain",
      faster: 1.09,
      writing: { change: "faster", ratio: 1.09 },
      reading: { change: "same", ratio: 1 },
      why: { finding: { code: "changed", facts: { ratio: 1.09 } } },
    },
    {
      setting: "gpuLayers",
      to: 64,
      from: 32,
      outcome: "does-not-fit",
      faster: null,
      writing: null,
      reading: null,
      why: { problem: { code: "model-load-failed", message: "" } },
    },
  ];
  return {
    state: "ended",
    run: { id: "t1", modelId: "r1-nano", modelName, minutes: 2, allowLossy: true, startedAt: 1 },
    outcome: "time",
    trials,
    left: ["flashAttention", "batchSize", "memoryMapped"],
    before,
    proposal: {
      changes: [
        { setting: "threads", to: 16, from: 128 },
        { setting: "memoryMapped", to: false, from: true },
        { setting: "largePages", to: true, from: false },
        { setting: "kvCacheType", to: "q8_0", from: "f16" },
      ],
      before,
      after: { reading: figure(90), writing: figure(25), replySeconds: 137 },
      faster: 1.65,
      lossy: true,
      sameOutput: false,
      comparedTokens: 48,
    },
    problem: null,
  };
}
