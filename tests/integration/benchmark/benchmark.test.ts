import { createHash } from "node:crypto";
import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BenchmarkPlan, BenchmarkResult, BenchmarkState } from "../../../electron/contract/benchmark.ts";
import type { ModelChoices } from "../../../electron/contract/models.ts";
import type { Workbench } from "../../../electron/workbench/workbench.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";

const tiny: BenchmarkPlan = {
  kind: "custom",
  tests: [
    { promptTokens: 64, generatedTokens: 0, depth: 0 },
    { promptTokens: 0, generatedTokens: 8, depth: 64 },
  ],
  repeats: 3,
};
const endless: BenchmarkPlan = { ...tiny, repeats: 1000, tests: tiny.tests.map((each) => ({ ...each, depth: 1024 })) };

type Ended = Extract<BenchmarkState, { state: "ended" }>;

/** A workbench whose benchmark states a test can wait for. */
class Bench {
  readonly states: BenchmarkState[] = [];
  workbench!: Workbench;
  home!: string;
  #waiting: { wanted: (state: BenchmarkState) => boolean; resolve: (state: BenchmarkState) => void }[] = [];

  static async open(home?: string): Promise<Bench> {
    const bench = new Bench();
    const opened = await openTestWorkbench(home, ({ name, data }) => {
      if (name === "benchmark.changed") bench.#heard(data as BenchmarkState);
    });
    bench.workbench = opened.workbench;
    bench.home = opened.home;
    return bench;
  }

  /** Resolves with the next state that matches. */
  next(wanted: (state: BenchmarkState) => boolean): Promise<BenchmarkState> {
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  async measure(plan: BenchmarkPlan): Promise<Ended> {
    const ended = this.next(({ state }) => state === "ended");
    await this.workbench.call("benchmark.start", { plan });
    return (await ended) as Ended;
  }

  async history(): Promise<BenchmarkResult[]> {
    return (await this.workbench.call("benchmark.history", {})).results;
  }

  /** Starts a benchmark that would take minutes, and resolves once at least one timed run has ended. */
  async begin(): Promise<void> {
    const running = this.next((state) => hasSamples(state));
    await this.workbench.call("benchmark.start", { plan: endless });
    await running;
  }

  #heard(state: BenchmarkState): void {
    this.states.push(state);
    for (const each of this.#waiting.filter(({ wanted }) => wanted(state))) {
      this.#waiting.splice(this.#waiting.indexOf(each), 1);
      each.resolve(state);
    }
  }
}

const hasSamples = (state: BenchmarkState): boolean =>
  state.state === "measuring" && state.progress.tests.some(({ samples }) => samples.length > 0);

test("problems tell worse settings from better ones, with R1 Nano too", { timeout: 180_000 }, async () => {
  const bench = await Bench.open();
  const modelId = "r1-nano";
  const usual = await bench.workbench.call("models.choices", { modelId });
  const share = async (choices: Partial<ModelChoices>) => {
    await bench.workbench.call("models.setChoices", { modelId, choices: { ...usual, ...choices } });
    const ended = bench.next(({ state }) => state === "ended");
    const tests = [{ promptTokens: 16, generatedTokens: 0, depth: 0 }];
    const plan: BenchmarkPlan = { kind: "custom", tests, repeats: 1 };
    await bench.workbench.call("benchmark.start", { modelId, plan, solve: { problems: 60, seed: 1 } });
    const { result } = (await ended) as Ended;
    return result?.solve?.share ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  };
  const asAdvised = await share({});
  expect(asAdvised.value).toBeGreaterThan(0.6);
  expect(asAdvised.value).toBeLessThan(0.95);
  const wild = await share({ temperature: 2, topP: 1 });
  expect(wild.high).toBeLessThan(asAdvised.low);
});

test("a benchmark runs through its states, and its result is stamped and stored", { timeout: 60_000 }, async () => {
  const bench = await Bench.open();
  const { outcome, result, problem } = await bench.measure(tiny);
  expect({ outcome, problem }).toEqual({ outcome: "complete", problem: null });
  const order = bench.states.map((state) => (state.state === "preparing" ? state.step : state.state));
  expect([...new Set(order)]).toEqual(["queued", "hashing", "loading", "measuring", "ended"]);
  expect(
    result?.tests.map(({ name, depth, tokensPerSecond }) => [name, depth, tokensPerSecond.samples.length]),
  ).toEqual([
    ["pp64", 0, 3],
    ["tg8", 64, 3],
  ]);
  const sha256 = createHash("sha256")
    .update(await readFile(nanoPath))
    .digest("hex");
  expect(result).toMatchObject({
    ending: "complete",
    leftOut: [],
    conditions: {
      engine: { libraryVersion: "3.21.1", backend: "cpu" },
      // A model this small runs on one thread unless another number is requested, and attention is as in replies.
      settings: { threads: 1, batchSize: 512, flashAttention: false, kvCacheType: "f16", contextSize: 512 },
      model: { id: "r1-nano", quantization: "Q8_0", files: [{ name: "r1-nano.gguf", sha256 }] },
    },
  });
  expect(result?.ttftMs).toBeGreaterThan(0);
  expect(result?.peakMemoryBytes).toBeGreaterThan(result?.conditions.model.weightsBytes ?? Infinity);
  const { machineId, results } = await bench.workbench.call("benchmark.history", { modelId: "r1-nano" });
  expect(results).toEqual([result]);
  expect(machineId).toBe(result?.conditions.machine.id);
  expect(await bench.workbench.call("benchmark.history", { modelId: "another" })).toMatchObject({ results: [] });
});

test("a second benchmark is refused while the first runs, in this process and in another", {
  timeout: 60_000,
}, async () => {
  const bench = await Bench.open();
  await bench.begin();
  await expect(bench.workbench.call("benchmark.start", { plan: tiny })).rejects.toMatchObject({
    code: "benchmark-running",
  });
  const other = await Bench.open(bench.home);
  await expect(other.workbench.call("benchmark.start", { plan: tiny })).rejects.toMatchObject({
    code: "benchmark-running",
    facts: { case: "elsewhere" },
  });
  // The first continues undisturbed, and the next one may start when it ends.
  expect(await bench.workbench.call("benchmark.state", {})).toMatchObject({ state: "measuring" });
  expect(await bench.workbench.call("benchmark.stop", {})).toMatchObject({ state: "ended", outcome: "stopped" });
  expect(await other.measure(tiny)).toMatchObject({ outcome: "complete" });
  expect(await bench.history()).toHaveLength(2);
});

test("a stop keeps what was measured, in the history as well", { timeout: 60_000 }, async () => {
  const bench = await Bench.open();
  await bench.begin();
  const ended = (await bench.workbench.call("benchmark.stop", {})) as Ended;
  expect(ended).toMatchObject({ outcome: "stopped", problem: null, result: { ending: "stopped" } });
  expect(ended.result?.tests[0]?.tokensPerSecond.samples.length).toBeGreaterThan(0);
  expect(await bench.history()).toEqual([ended.result]);
  // Stopping a benchmark that has ended changes nothing.
  expect(await bench.workbench.call("benchmark.stop", {})).toEqual(ended);
});

test("when the engine is killed, what was measured is kept, and the next benchmark works", {
  timeout: 60_000,
}, async () => {
  const bench = await Bench.open();
  await bench.begin();
  const engine = await bench.workbench.call("engine.state", {});
  if (engine.state !== "busy") throw new Error("the engine should be measuring");
  const over = bench.next(({ state }) => state === "ended");
  process.kill(engine.info.pid, "SIGKILL");
  const ended = (await over) as Ended;
  expect(ended).toMatchObject({
    outcome: "engine-died",
    problem: { code: "engine-down" },
    result: { ending: "engine-died", problem: { code: "engine-down" } },
  });
  expect(ended.result?.tests[0]?.tokensPerSecond.samples.length).toBeGreaterThan(0);
  expect(await bench.measure(tiny)).toMatchObject({ outcome: "complete" });
  expect((await bench.history()).map(({ ending }) => ending)).toEqual(["complete", "engine-died"]);
});

test("closing the app during a benchmark keeps what was measured", { timeout: 60_000 }, async () => {
  const bench = await Bench.open();
  await bench.begin();
  await bench.workbench.close();
  const reopened = await Bench.open(bench.home);
  const [kept, ...more] = await reopened.history();
  expect(kept).toMatchObject({ ending: "stopped", problem: null });
  expect(more).toEqual([]);
});

test("a reply and a benchmark take turns, and neither changes the other's model", { timeout: 60_000 }, async () => {
  const bench = await Bench.open();
  const { workbench } = bench;
  await bench.begin();
  await expect(workbench.call("models.load", { modelId: "r1-nano" })).rejects.toMatchObject({
    code: "benchmark-running",
  });
  await expect(workbench.call("models.unload", {})).rejects.toMatchObject({ code: "benchmark-running" });
  const chat = await workbench.call("chats.create", {});
  const { runId } = await workbench.call("chats.send", { chatId: chat.id, text: "What is 17 + 25?" });
  const stages: string[] = [];
  const frames = followRun(workbench, runId, (frame) => {
    if (frame.kind === "snapshot") stages.push(frame.stage.stage);
  });
  // The reply waits until the benchmark has ended.
  await bench.next(({ state }) => state === "measuring");
  expect(stages).toEqual(["queued"]);
  expect(await workbench.call("benchmark.stop", {})).toMatchObject({ outcome: "stopped" });
  expect((await frames).at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });

  // Conversely, the benchmark waits for the reply.
  const { runId: second } = await workbench.call("chats.send", { chatId: chat.id, text: "What is 9 + 9?" });
  const answered = followRun(workbench, second);
  const ended = bench.next(({ state }) => state === "ended");
  expect(await workbench.call("benchmark.start", { plan: tiny })).toMatchObject({ state: "queued" });
  expect((await answered).at(-1)).toMatchObject({ message: { state: "done" } });
  expect(await ended).toMatchObject({ outcome: "complete" });
});

test("results can be compared, exported, checked again and removed", { timeout: 60_000 }, async () => {
  const bench = await Bench.open();
  const { workbench } = bench;
  const ids: string[] = [];
  for (const plan of [tiny, tiny]) ids.push((await bench.measure(plan)).result?.id ?? "");
  const comparison = await workbench.call("benchmark.compare", { resultIds: ids });
  expect(comparison).toMatchObject({ resultIds: ids, comparable: true });
  expect(comparison.tests[1]?.speeds[1]?.ratio?.value).toBeGreaterThan(0);
  const { text, fileName } = await workbench.call("benchmark.export", { resultIds: ids, format: "jsonl" });
  expect(fileName).toMatch(/^benchmark-\d{4}-\d\d-\d\d\.jsonl$/);
  expect(text.trimEnd().split("\n")).toHaveLength(4);
  const recheck = await workbench.call("benchmark.recheck", { modelId: "r1-nano" });
  expect(recheck).toMatchObject({
    lastResultId: ids[1],
    changes: [],
    start: { modelId: "r1-nano", plan: { kind: "quick" }, settings: { threads: 1, batchSize: 512 } },
  });
  const [older] = (await bench.history()).slice(-1);
  expect(recheck.verdict).toMatchObject({ since: older?.startedAt, speed: { ratio: expect.any(Number) } });
  await workbench.call("benchmark.remove", { resultIds: [ids[0] ?? ""] });
  expect((await bench.history()).map(({ id }) => id)).toEqual([ids[1]]);
  await expect(workbench.call("benchmark.compare", { resultIds: ids })).rejects.toMatchObject({
    code: "benchmark-not-found",
  });
});

test("a damaged result is set aside with a notice, and the rest of the history is intact", {
  timeout: 60_000,
}, async () => {
  const bench = await Bench.open();
  for (const plan of [tiny, tiny]) await bench.measure(plan);
  const folder = join(bench.home, "benchmarks");
  const [file = ""] = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  await truncate(join(folder, file), 200);
  expect(await bench.history()).toHaveLength(1);
  const [notice] = await bench.workbench.call("notices.list", {});
  expect(notice?.problem.code).toBe("benchmark-damaged");
  expect(notice?.problem.facts?.["file"]).toContain(`${file}.damaged`);
});
