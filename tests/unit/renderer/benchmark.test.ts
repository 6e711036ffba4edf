import { expect, test, vi } from "vitest";
import type { BenchmarkRun, BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { createBenchmarkStore } from "../../../renderer/stores/benchmark.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { benchmarkResult } from "../../support/benchmark/benchmarkResult.ts";
import { fakeBridge } from "./fakeBridge.ts";

const run: BenchmarkRun = { id: "b1", modelId: "distill", modelName: "Distill", plan: { kind: "quick" }, startedAt: 1 };
const start: BenchmarkStart = {
  modelId: "distill",
  plan: { kind: "quick" },
  settings: {
    threads: 2,
    batchSize: null,
    gpuLayers: null,
    flashAttention: null,
    kvCacheType: null,
    memoryMapped: null,
    largePages: null,
  },
};
const comparison = { resultIds: ["one"], comparable: true, differences: [], tests: [], solve: null };
const recheck = { lastResultId: "one", changes: [], start: null, verdict: null };

function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge(answers);
  return { ...fake, store: createBenchmarkStore(openDoor(fake.bridge)) };
}

test("a window that opens later shows the running benchmark", async () => {
  const { store } = open({ "benchmark.state": () => ({ state: "queued", run }) });
  await vi.waitFor(() => expect(store.getState().phase).toEqual({ state: "queued", run }));
});

test("an event is newer than the first response", async () => {
  let answer: (state: { state: "none" }) => void = () => undefined;
  const { store, emit } = open({ "benchmark.state": () => new Promise((resolve) => (answer = resolve)) });
  emit("benchmark.changed", { state: "queued", run });
  answer({ state: "none" });
  await new Promise(setImmediate);
  expect(store.getState().phase).toEqual({ state: "queued", run });
});

test("a start passes on plan and settings; a refused one shows why, until the next request succeeds", async () => {
  const { store, named, answers } = open({
    "benchmark.start": () => {
      throw new WorkbenchError("benchmark-running");
    },
  });
  await store.getState().start(start);
  expect(named("benchmark.start")).toEqual([start]);
  expect(store.getState().problem?.code).toBe("benchmark-running");
  answers["benchmark.start"] = () => ({ state: "queued", run });
  await store.getState().start(start);
  expect(store.getState().problem).toBeNull();
});

test("a second press while a benchmark starts or runs is ignored; its end clears what was refused meanwhile", async () => {
  let begin: () => void = () => undefined;
  const { store, emit, named, answers } = open({
    "benchmark.start": () => new Promise((resolve) => (begin = () => resolve({ state: "queued", run }))),
    "benchmark.remove": () => {
      throw new WorkbenchError("benchmark-running");
    },
  });
  const started = store.getState().start(start);
  await store.getState().start(start);
  begin();
  await started;
  emit("benchmark.changed", { state: "queued", run });
  await store.getState().start(start);
  expect(named("benchmark.start")).toHaveLength(1);
  await store.getState().remove(["one"]);
  expect(store.getState().problem?.code).toBe("benchmark-running");
  emit("benchmark.changed", { state: "ended", run, outcome: "complete", result: null, problem: null });
  expect(store.getState().problem).toBeNull();
  answers["benchmark.start"] = () => ({ state: "queued", run });
  await store.getState().start(start);
  expect(named("benchmark.start")).toHaveLength(2);
});

test("a stop is requested once, and is pending until the benchmark has ended", async () => {
  let end: () => void = () => undefined;
  const { store, named } = open({
    "benchmark.stop": () => new Promise((resolve) => (end = () => resolve({ state: "none" }))),
  });
  const stopped = store.getState().stop();
  await store.getState().stop();
  expect(store.getState().stopping).toBe(true);
  expect(named("benchmark.stop")).toHaveLength(1);
  end();
  await stopped;
  expect(store.getState().stopping).toBe(false);
});

test("the history is read when a screen needs it, and again with every change", async () => {
  const { store, emit, named, answers } = open();
  emit("benchmark.historyChanged", {});
  expect(named("benchmark.history")).toEqual([]);
  await store.getState().readHistory();
  expect(store.getState().history).toMatchObject({ state: "ready", value: { results: [] } });
  answers["benchmark.history"] = () => ({ machineId: "m1", results: [benchmarkResult()], changes: [] });
  emit("benchmark.historyChanged", {});
  await vi.waitFor(() => expect(store.getState().history).toMatchObject({ value: { results: [{ id: "one" }] } }));
});

test("a history that cannot be read shows why", async () => {
  const { store } = open({
    "benchmark.history": () => {
      throw new WorkbenchError("store-failed", undefined, "The disk went away.");
    },
  });
  await store.getState().readHistory();
  expect(store.getState().history).toMatchObject({
    state: "failed",
    problem: { code: "store-failed", detail: "The disk went away." },
  });
});

test("removed results leave the history, and end a comparison with them", async () => {
  const { store, named } = open({ "benchmark.compare": () => comparison });
  await store.getState().compare(["one"]);
  expect(store.getState().comparison).toEqual({ state: "ready", value: comparison });
  await store.getState().remove(["one"]);
  expect(named("benchmark.remove")).toEqual([{ resultIds: ["one"] }]);
  expect(store.getState().comparison).toBeNull();
  expect(store.getState().history.state).toBe("ready");
});

test("only the newest comparison is shown, and none after it was closed", async () => {
  const answered: ((value: typeof comparison) => void)[] = [];
  const { store } = open({ "benchmark.compare": () => new Promise((resolve) => void answered.push(resolve)) });
  const first = store.getState().compare(["one"]);
  const second = store.getState().compare(["two"]);
  answered[1]?.({ ...comparison, resultIds: ["second"] });
  answered[0]?.({ ...comparison, resultIds: ["first"] });
  await Promise.all([first, second]);
  expect(store.getState().comparison).toMatchObject({ value: { resultIds: ["second"] } });
  const third = store.getState().compare(["three"]);
  store.getState().endComparison();
  answered[2]?.(comparison);
  await third;
  expect(store.getState().comparison).toBeNull();
});

test("the re-check shown is that of the last requested model; a failed one is not reported", async () => {
  const answered: (() => void)[] = [];
  const { store, answers } = open({
    "benchmark.recheck": ({ modelId }) =>
      new Promise((resolve) => void answered.push(() => resolve({ ...recheck, lastResultId: modelId ?? "" }))),
  });
  const asked = [store.getState().readRecheck("a"), store.getState().readRecheck("b")];
  answered[1]?.();
  answered[0]?.();
  await Promise.all(asked);
  expect(store.getState().recheck).toEqual({ modelId: "b", answer: { ...recheck, lastResultId: "b" } });
  answers["benchmark.recheck"] = () => {
    throw new WorkbenchError("engine-gave-up");
  };
  await store.getState().readRecheck("b");
  expect(store.getState()).toMatchObject({ recheck: null, problem: null });
});
