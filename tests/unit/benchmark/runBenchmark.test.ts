import { expect, onTestFinished, test, vi } from "vitest";
import type { BenchmarkPlan, BenchmarkState } from "../../../electron/contract/benchmark.ts";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import type { MeasureEvent, MeasureParams } from "../../../electron/contract/engineProtocol.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import type { GgufFacts, LoadedFacts, FileModel } from "../../../electron/contract/models.ts";
import { type BenchmarkParts, runBenchmark } from "../../../electron/workbench/benchmark/runBenchmark.ts";
import { solveProblems } from "../../../electron/workbench/benchmark/solveProblems.ts";
import { SpeedBook } from "../../../electron/workbench/benchmark/SpeedBook.ts";
import type { RequestOptions } from "../../../electron/workbench/engine/PendingRequest.ts";
import type {
  LoadOptions,
  LocalSession,
  LocalState,
  SessionReply,
} from "../../../electron/workbench/engines/Session.ts";
import { handledInfo } from "../../support/engine/HandledEngine.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import { scriptedUse } from "../../support/engine/scriptedUse.ts";

const model: FileModel = { ...listedModel("distill"), name: "Distill", quantization: "Q4_K_M", contextLength: 131_072 };
const facts: LoadedFacts = {
  contextSize: 0,
  batchSize: 512,
  threads: 2,
  gpuLayers: 0,
  layers: 29,
  flashAttention: true,
  kvCacheType: "f16",
  memoryMapped: true,
  largePages: false,
  description: "qwen2 1.5B Q4_K - Medium",
  weightsBytes: 900,
  loadMs: 700,
};
const info: EngineInfo = { ...handledInfo, computeCores: 2 };
const profile: MachineProfile = {
  os: { platform: "linux", name: "Debian", release: "6.1", architecture: "x64" },
  cpu: { model: "Example", physicalCores: 2, logicalCores: 2, usableCores: 2, defaultThreads: 2, features: [] },
  memory: {
    totalBytes: 16e9,
    freeBytes: 8e9,
    bandwidthBytesPerSecond: null,
    bandwidthProblem: null,
    bandwidthNoise: null,
  },
  gpus: [],
  backends: [],
  disk: { freeBytes: 1, totalBytes: 1, readBytesPerSecond: null, readProblem: null },
  power: { source: "mains", batteryPercent: null, mode: null },
  thermal: { throttled: null, celsius: null },
};

interface Scene {
  /** Whether the load is cancelled. */
  loadCancelled?: boolean;
  /** The largest context that can be loaded without running out of memory. */
  mostContext?: number;
  contextLength?: number;
  plan?: BenchmarkPlan;
  /** What the model answers to each problem; undefined stops the benchmark there. */
  solves?: (question: string) => string | undefined;
  problems?: number;
  /** Tokens per second of each timed run. */
  speed?: (test: MeasureParams["tests"][number], run: number) => number;
  /** Called before each run's event; may throw like a crashing engine. */
  beforeEvent?: (event: MeasureEvent) => void;
  now?: () => number;
  /** Whether a test's first batch hangs until it is aborted. */
  hangs?: (test: MeasureParams["tests"][number]) => boolean;
  /** Whether the load hangs until it is aborted. */
  loadHangs?: boolean;
}

/** Runs a benchmark on an engine that responds at once, with the given speeds. */
async function measured(scene: Scene = {}) {
  const stopping = new AbortController();
  const states: BenchmarkState[] = [];
  const loads: LoadOptions[] = [];
  const asked: MeasureParams[] = [];
  let state: LocalState | null = null;

  function measure(params: MeasureParams, options: RequestOptions<"measure"> = {}) {
    asked.push(params);
    for (const [test, wanted] of params.tests.entries()) {
      if (scene.hangs?.(wanted) === true) return gaveUp(options.signal, { outcome: "cancelled" as const, value: null });
      const samples: number[] = [];
      for (let repeat = 0; repeat <= params.repeats; repeat++) {
        if (repeat > 0) samples.push(scene.speed?.(wanted, repeat) ?? 1000);
        const event = { test, repeat, samples: [...samples], engineCpuMs: 0 };
        scene.beforeEvent?.(event);
        options.onEvent?.(event);
        if (options.signal?.aborted) return { outcome: "cancelled" as const, value: null };
      }
    }
    const value = { tests: [], complete: true, ttftMs: params.firstTokenPromptTokens, peakResidentBytes: 5e8 };
    return { outcome: "done" as const, value };
  }

  const load = (options: LoadOptions): Promise<LocalState | null> => {
    loads.push(options);
    if (scene.loadHangs === true) return gaveUp(options.signal, null);
    if (scene.loadCancelled === true) return Promise.resolve(null);
    const contextSize = options.contextSize ?? 0;
    if (contextSize > (scene.mostContext ?? Number.POSITIVE_INFINITY)) {
      return Promise.reject(new WorkbenchError("model-too-large"));
    }
    state = { engine: info, facts: { ...facts, contextSize } };
    return Promise.resolve(state);
  };
  const session = {
    model,
    get state() {
      return state;
    },
    load,
    measure: (params: MeasureParams, options?: RequestOptions<"measure">) =>
      new Promise((resolve) => resolve(measure(params, options))),
    reply({ messages, onEvent }: SessionReply) {
      const text = scene.solves?.(messages[0]?.content ?? "");
      if (text === undefined) {
        stopping.abort();
        return Promise.resolve({ outcome: "stopped", stats: null });
      }
      onEvent({ kind: "piece", part: "thought", text: "\\boxed{0}" });
      onEvent({ kind: "piece", part: "answer", text });
      return Promise.resolve({ outcome: "done", stats: { thoughtTokens: 90, answerTokens: 10, stopReason: "end" } });
    },
  } as unknown as LocalSession;
  const parts: BenchmarkParts = {
    engines: { use: scriptedUse(session) },
    library: { facts: () => Promise.resolve({ contextLength: scene.contextLength ?? 131_072 } as GgufFacts) },
    hardware: { asKnown: () => Promise.resolve(profile), throttleCount: () => Promise.resolve(null) },
    hashes: { of: () => Promise.resolve([{ name: "distill.gguf", sizeBytes: 1000, sha256: "a".repeat(64) }]) },
    appVersion: "0.1.0",
    ...(scene.now === undefined ? {} : { now: scene.now }),
  };
  const plan = scene.plan ?? { kind: "standard", minutes: 10 };
  const settings = {
    threads: 2,
    batchSize: null,
    gpuLayers: null,
    flashAttention: null,
    kvCacheType: null,
    memoryMapped: null,
    largePages: null,
  };
  const ended = await runBenchmark(parts, {
    run: { id: "one", modelId: model.id, modelName: model.name, plan, startedAt: 1 },
    start: {
      modelId: model.id,
      plan,
      settings,
      ...(scene.problems === undefined ? {} : { solve: { problems: scene.problems, level: "easy", seed: 3 } }),
    },
    model,
    speeds: new SpeedBook(),
    signal: stopping.signal,
    onState: (state) => {
      states.push(state);
      const measuring = state.state === "measuring" ? state.progress.tests : [];
      if (measuring.findLast(({ samples }) => samples.length > 0)?.samples.length === stopAtSample) stopping.abort();
    },
  });
  return { ...ended, states, loads, asked };
}

/** Stops the running test at this sample; null: no stop. */
let stopAtSample: number | null = null;
const stopAt = (samples: number): void => {
  stopAtSample = samples;
  onTestFinished(() => {
    stopAtSample = null;
  });
};

/** Resolves with the answer once the signal aborts. */
const gaveUp = <Answer>(signal: AbortSignal | undefined, answer: Answer): Promise<Answer> =>
  new Promise((resolve) => signal?.addEventListener("abort", () => resolve(answer)));

const labels = (list: { name: string; depth: number }[] = []) => list.map(({ name, depth }) => `${name}@${depth}`);
const custom: BenchmarkPlan = {
  kind: "custom",
  tests: [
    { promptTokens: 512, generatedTokens: 0, depth: 0 },
    { promptTokens: 0, generatedTokens: 128, depth: 0 },
  ],
  repeats: 5,
};

test("the standard plan measures every test on a fast machine, and records the settings that took effect", async () => {
  const { outcome, result, problem, loads, asked, states } = await measured();
  expect({ outcome, problem }).toEqual({ outcome: "complete", problem: null });
  expect(labels(result?.tests)).toEqual([
    "pp512@0",
    "tg128@0",
    "pp512@2048",
    "tg128@2048",
    "pp1280+tg3072@0",
    "pp512@8192",
    "tg128@8192",
  ]);
  expect(loads).toMatchObject([{ contextSize: 8960, settings: { threads: 2 }, fullBatch: true }]);
  // The time to the first token is measured only once.
  expect(asked.map(({ firstTokenPromptTokens }) => firstTokenPromptTokens)).toEqual([128, null, null, null]);
  expect(result).toMatchObject({
    ending: "complete",
    leftOut: [],
    loadMs: 700,
    ttftMs: 128,
    peakMemoryBytes: 5e8,
    conditions: {
      settings: { threads: 2, batchSize: 512, microBatchSize: 512, flashAttention: true, contextSize: 8960, seed: 1 },
      model: { files: [{ sha256: "a".repeat(64) }] },
      engine: { llamaRelease: "b1", backend: "cpu" },
    },
  });
  expect(result?.tests[0]?.tokensPerSecond.samples).toEqual([1000, 1000, 1000, 1000, 1000]);
  expect([...new Set(states.map(({ state }) => state))]).toEqual(["preparing", "measuring"]);
});

const rightResult = (question: string): string =>
  solveProblems("easy", 8, 3).find((problem) => problem.question === question)?.result ?? "none";

test("problems are solved after the tests, with the context of a reply, and only answers count", async () => {
  let asked = 0;
  const solves = (question: string): string =>
    (asked += 1) % 4 === 0 ? "\\boxed{0}" : `\\boxed{${rightResult(question)}}`;
  const { outcome, result, loads, states } = await measured({ plan: custom, problems: 8, solves });
  expect(outcome).toBe("complete");
  expect(loads.at(-1)?.contextSize).toBeUndefined();
  expect(result?.tests).toHaveLength(2);
  expect(result?.solve).toMatchObject({
    level: "easy",
    seed: 3,
    wanted: 8,
    asked: 8,
    right: 6,
    share: { value: 0.75 },
  });
  expect(result?.solve?.tokensPerRightAnswer?.value).toBeCloseTo(800 / 6);
  const fractions = states.flatMap((state) => (state.state === "measuring" ? [state.progress.fraction] : []));
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  expect(fractions.at(-1)).toBe(1);
});

test("problems that were answered before a stop are kept", async () => {
  let asked = 0;
  const solves = (question: string): string | undefined =>
    (asked += 1) > 3 ? undefined : `\\boxed{${rightResult(question)}}`;
  const { outcome, result } = await measured({ plan: custom, problems: 8, solves });
  expect(outcome).toBe("stopped");
  expect(result?.solve).toMatchObject({ wanted: 8, asked: 3, right: 3 });
});

test("a stop before the first answer leaves the tests", async () => {
  const { outcome, result } = await measured({ plan: custom, problems: 8, solves: () => undefined });
  expect({ outcome, solve: result?.solve, tests: result?.tests.length }).toEqual({
    outcome: "stopped",
    solve: undefined,
    tests: 2,
  });
});

test("progress never goes back, and its time left shrinks to zero", async () => {
  const { states } = await measured({ speed: () => 50 });
  const progress = states.flatMap((state) => (state.state === "measuring" ? [state.progress] : []));
  const fractions = progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(progress[0]?.secondsLeft).toBeNull();
  expect(progress.at(-1)?.secondsLeft).toBe(0);
  const known = progress.flatMap(({ secondsLeft }) => (secondsLeft === null ? [] : [secondsLeft]));
  // Both speeds are known from the second test's first run on, so R1's case and the depths are included.
  expect(known[0]).toBeGreaterThan(200);
});

test("on a slow machine, tests are left out for lack of time, and reported", async () => {
  const { result } = await measured({ speed: ({ generatedTokens }) => (generatedTokens > 0 ? 0.5 : 2) });
  expect(labels(result?.tests)).toEqual(["pp512@0", "tg128@0"]);
  expect(result?.leftOut.map(({ reason }) => reason.code)).toEqual(["time", "time", "time", "time", "time"]);
});

test("when memory is short, the deepest tests are left out first, with the numbers, and the batch size stays", async () => {
  const { result, loads } = await measured({ mostContext: 4096 });
  expect(loads.map(({ contextSize }) => contextSize)).toEqual([8960, 8448, 4608, 2816]);
  expect(loads.every(({ fullBatch }) => fullBatch)).toBe(true);
  expect(labels(result?.tests)).toEqual(["pp512@0", "tg128@0", "pp512@2048", "tg128@2048", "pp640+tg1536@0"]);
  expect(result?.leftOut).toMatchObject([
    { name: "pp512", depth: 8192, reason: { code: "memory", facts: { context: 8960 } } },
    { name: "tg128", depth: 8192, reason: { code: "memory" } },
  ]);
});

test("a model that does not fit at all fails with the load's own error", async () => {
  const { outcome, result, problem, loads } = await measured({ mostContext: 100 });
  expect({ outcome, result }).toEqual({ outcome: "failed", result: null });
  expect(problem).toMatchObject({ code: "model-too-large" });
  // The last attempt uses the batch size that a reply would have.
  expect(loads.at(-1)?.fullBatch).toBeUndefined();
});

test("tests that exceed the model's context cause a failure only if none is left", async () => {
  const { result } = await measured({ contextLength: 2048 });
  expect(labels(result?.tests)).toEqual(["pp512@0", "tg128@0", "pp320+tg768@0"]);
  expect(result?.leftOut.every(({ reason }) => reason.code === "context")).toBe(true);
  const tests = [{ promptTokens: 512, generatedTokens: 0, depth: 8192 }];
  const none = await measured({ contextLength: 2048, plan: { kind: "custom", tests, repeats: 1 } });
  expect(none).toMatchObject({
    outcome: "failed",
    problem: {
      code: "benchmark-nothing-to-measure",
      facts: { case: "context", most: 2048 },
    },
  });
});

test("a stop keeps what was measured", async () => {
  stopAt(3);
  const { outcome, result, problem } = await measured({ plan: custom });
  expect({ outcome, problem }).toEqual({ outcome: "stopped", problem: null });
  expect(result?.tests.map(({ tokensPerSecond }) => tokensPerSecond.samples)).toEqual([[1000, 1000, 1000]]);
  expect(result?.leftOut).toEqual([
    { name: "tg128", depth: 0, reason: { code: "stopped", facts: { case: "byPerson" } } },
  ]);
});

test("cancelling the load stops it", async () => {
  expect(await measured({ loadCancelled: true })).toMatchObject({ outcome: "stopped", result: null, problem: null });
});

test("a stop in the second test keeps the first, and part of the second", async () => {
  let runs = 0;
  const { outcome, result } = await measured({
    plan: custom,
    beforeEvent: () => {
      if (++runs === 9) stopAt(2);
    },
  });
  expect(outcome).toBe("stopped");
  expect(result).toMatchObject({ ending: "stopped", ttftMs: null, peakMemoryBytes: null });
  expect(result?.tests.map(({ tokensPerSecond }) => tokensPerSecond.samples.length)).toEqual([5, 2]);
});

test.each(["engine-down", "engine-hung", "engine-out-of-memory"] as const)(
  "when the engine crashes (%s), what was measured is kept and marked",
  async (code) => {
    let runs = 0;
    const { outcome, result, problem } = await measured({
      beforeEvent: () => {
        if (++runs === 4) throw new WorkbenchError(code, undefined, "It died.");
      },
    });
    expect(outcome).toBe("engine-died");
    expect(problem).toMatchObject({ code });
    expect(result).toMatchObject({ ending: "engine-died", problem: { code } });
    expect(result?.problem).not.toHaveProperty("detail");
    expect(result?.tests.map(({ tokensPerSecond }) => tokensPerSecond.samples)).toEqual([[1000, 1000]]);
    expect(labels(result?.leftOut)).toContain("tg128@0");
    expect(result?.leftOut.every(({ reason }) => reason.code === "stopped")).toBe(true);
  },
);

test("an engine that crashes before the first timed run leaves no result", async () => {
  const { outcome, result } = await measured({
    beforeEvent: () => {
      throw new WorkbenchError("engine-down");
    },
  });
  expect({ outcome, result }).toEqual({ outcome: "engine-died", result: null });
});

test("a run during which the machine slept does not count, and is stored separately", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let now = 1_000_000;
  const { result } = await measured({
    plan: custom,
    now: () => now,
    speed: (_test, run) => (run === 3 ? 0.01 : 100),
    beforeEvent: ({ test: at, repeat }) => {
      if (at === 0 && repeat === 3) now += 3600_000;
    },
  });
  expect(result?.tests[0]?.tokensPerSecond.samples).toEqual([100, 100, 100, 100]);
  expect(result?.tests[0]?.discarded).toEqual([{ tokensPerSecond: 0.01, reason: "slept" }]);
  expect(result?.tests[1]?.discarded).toEqual([]);
});

const reads = ({ promptTokens, generatedTokens }: MeasureParams["tests"][number]) =>
  promptTokens > 0 && generatedTokens === 0;

test.each(["standard", "custom"] as const)(
  "a device that never finishes a batch costs a test its share of the time, and no other test: %s",
  async (kind) => {
    const minutes = 0.01;
    const plan: BenchmarkPlan = kind === "standard" ? { kind, minutes } : { ...custom, minutes };
    const { outcome, problem, result, loads } = await measured({ plan, hangs: reads });
    expect({ outcome, problem }).toEqual({ outcome: "complete", problem: null });
    expect(labels(result?.tests)).toContain("tg128@0");
    expect(result?.tests.every(({ name }) => !name.startsWith("pp512"))).toBe(true);
    const left = result?.leftOut.find(({ name, depth }) => name === "pp512" && depth === 0);
    expect(left).toMatchObject({
      reason: { code: "time", facts: { case: "unfinished", spent: expect.any(Number) } },
    });
    expect(result?.leftOut.filter(({ name, depth }) => name === "pp512" && depth === 0)).toHaveLength(1);
    // The engine may have been terminated for it; the model is loaded again before the next test.
    expect(loads.length).toBeGreaterThan(1);
  },
);

test("when the time is up, no test starts, and the tests left out say so", async () => {
  const { outcome, result } = await measured({
    plan: { ...custom, minutes: 0.005 },
    hangs: ({ generatedTokens }) => generatedTokens > 0,
  });
  expect(outcome).toBe("complete");
  expect(labels(result?.tests)).toEqual(["pp512@0"]);
  expect(result?.leftOut).toMatchObject([{ name: "tg128", depth: 0, reason: { code: "time" } }]);
});

test.each([
  ["measuring", { hangs: () => true }],
  ["loading", { loadHangs: true }],
] as const)(
  "a time that is over while %s, before anything is measured, is a failure with a way out",
  async (step, scene) => {
    const { outcome, problem, result } = await measured({ plan: { ...custom, minutes: 0.005 }, ...scene });
    expect({ outcome, result }).toEqual({ outcome: "failed", result: null });
    expect(problem).toMatchObject({ code: "benchmark-too-slow", facts: { case: step, seconds: 0.3 } });
  },
);

test("a stop counts as a stop, however little time was left", async () => {
  stopAt(1);
  const { outcome, result } = await measured({ plan: { ...custom, minutes: 10 } });
  expect(outcome).toBe("stopped");
  expect(result?.leftOut).toMatchObject([{ name: "tg128", reason: { code: "stopped" } }]);
});
