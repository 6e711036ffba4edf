import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  type BenchmarkRecheck,
  type BenchmarkResult,
  type BenchmarkStart,
  type BenchmarkState,
} from "../../contract/benchmark.ts";
import { errorTexts, type Problem, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { Library } from "../models/library.ts";
import { machineId } from "./benchmarkConditions.ts";
import { BenchmarkHistory } from "./BenchmarkHistory.ts";
import { lockMachine } from "./lockMachine.ts";
import { ModelHashes } from "./ModelHashes.ts";
import { recheckOf } from "./recheckOf.ts";
import { type BenchmarkParts, runBenchmark } from "./runBenchmark.ts";
import { SpeedBook } from "./SpeedBook.ts";

export interface BenchmarkOptions extends Omit<BenchmarkParts, "hashes" | "library"> {
  home: string;
  modelsFolder: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
  library: Pick<Library, "choose" | "facts">;
  onChange: (state: BenchmarkState) => void;
  onHistoryChange: () => void;
  /** A result could not be read and was set aside. */
  onDamaged: (problem: Problem) => void;
}

/** Runs benchmarks, one at a time, and keeps their results. The diagram is in the contract. */
export interface BenchmarkOwner {
  readonly state: BenchmarkState;
  start(start: BenchmarkStart): Promise<BenchmarkState>;
  /** Resolves once it has ended and its result is kept. */
  stop(): Promise<BenchmarkState>;
  history(modelId: string | null): Promise<{ machineId: string; results: BenchmarkResult[] }>;
  remove(ids: string[]): Promise<void>;
  /** In the order of the ids. Fails with `benchmark-not-found`. */
  results(ids: string[]): Promise<BenchmarkResult[]>;
  recheck(modelId: string | null): Promise<BenchmarkRecheck>;
  /** Stops it; the engine must be ended beside it. */
  close(): Promise<void>;
}

const tellEveryMs = 100;

export function createBenchmark(options: BenchmarkOptions): BenchmarkOwner {
  const { home, library, hardware } = options;
  const folder = join(home, "benchmarks");
  const history = new BenchmarkHistory({
    folder,
    onDamaged: (name) => {
      const message = `${errorTexts["benchmark-damaged"].what} It is now ${join(folder, name)}.`;
      options.onDamaged({ code: "benchmark-damaged", message });
    },
  });
  const parts: BenchmarkParts = { ...options, hashes: new ModelHashes(options) };
  let state: BenchmarkState = { state: "none" };
  let toldAt = 0;
  let current: { stopping: AbortController; ended: Promise<void> } | null = null;

  /** Short runs may end by the hundred in a second: windows hear of them now and then. */
  function enter(next: BenchmarkState): void {
    const isNews = next.state !== state.state || performance.now() - toldAt >= tellEveryMs;
    state = next;
    if (!isNews) return;
    toldAt = performance.now();
    options.onChange(next);
  }

  async function start(wanted: BenchmarkStart): Promise<BenchmarkState> {
    if (current !== null) throw new WorkbenchError("benchmark-running");
    const stopping = new AbortController();
    let ended: () => void = () => undefined;
    current = { stopping, ended: new Promise<void>((resolve) => (ended = resolve)) };
    try {
      const model = await library.choose(wanted.modelId);
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const lock = lockMachine(home);
      const { id: modelId, name: modelName } = model;
      const run = { id: randomUUID(), modelId, modelName, plan: wanted.plan, startedAt: Date.now() };
      enter({ state: "queued", run });
      void knownSpeeds(modelId)
        .then((speeds) =>
          runBenchmark(parts, { run, start: wanted, model, speeds, signal: stopping.signal, onState: enter }),
        )
        .then(kept)
        .then((last) => {
          // Whoever hears of the end may start the next one.
          lock.release();
          current = null;
          enter(last);
          ended();
        });
      return state;
    } catch (error) {
      current = null;
      ended();
      throw error;
    }
  }

  async function kept(
    ended: Extract<BenchmarkState, { state: "ended" }>,
  ): Promise<Extract<BenchmarkState, { state: "ended" }>> {
    if (ended.result === null) return ended;
    try {
      await history.add(ended.result);
      options.onHistoryChange();
      return ended;
    } catch (error) {
      return { ...ended, problem: ended.problem ?? toProblem(error) };
    }
  }

  /** Of the newest result on this machine. What cannot be known is found out while measuring. */
  async function knownSpeeds(modelId: string): Promise<SpeedBook> {
    const speeds = new SpeedBook();
    const { results } = await ofModel(modelId).catch(() => ({ results: [] }));
    for (const test of results[0]?.tests ?? []) speeds.learn(test, test.tokensPerSecond.samples);
    return speeds;
  }

  /** This model's results on this machine, newest first. */
  async function ofModel(modelId: string) {
    const profile = await hardware.asKnown();
    const here = machineId(profile);
    const results = (await history.list()).filter(
      ({ conditions: { model, machine } }) => model.id === modelId && machine.id === here,
    );
    return { profile, results };
  }

  return {
    get state() {
      return state;
    },
    start,
    async stop() {
      current?.stopping.abort();
      await current?.ended;
      return state;
    },
    async history(modelId) {
      const results = (await history.list()).filter(
        ({ conditions }) => modelId === null || conditions.model.id === modelId,
      );
      return { machineId: machineId(await hardware.asKnown()), results };
    },
    async remove(ids) {
      await history.remove(ids);
      options.onHistoryChange();
    },
    async results(ids) {
      const all = await history.list();
      return ids.map((id) => {
        const found = all.find((result) => result.id === id);
        if (found === undefined) throw new WorkbenchError("benchmark-not-found");
        return found;
      });
    },
    async recheck(modelId) {
      const model = await library.choose(modelId);
      // First the engine: it knows the graphics cards and so their driver.
      const info = await parts.engine.start();
      const { profile, results } = await ofModel(model.id);
      return recheckOf(results, info, profile);
    },
    async close() {
      current?.stopping.abort();
      await current?.ended;
    },
  };
}
