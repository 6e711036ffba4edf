import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { BenchmarkResult, benchmarkCalls, BenchmarkState } from "../../contract/benchmark.ts";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import { machineId } from "./benchmarkConditions.ts";
import { BenchmarkHistory } from "./BenchmarkHistory.ts";
import { compareResults } from "./compareResults.ts";
import { exportResults } from "./exportResults.ts";
import { historyChanges } from "./historyChanges.ts";
import { MachineJob } from "./MachineJob.ts";
import { ModelHashes } from "./ModelHashes.ts";
import { recheckOf } from "./recheckOf.ts";
import { resultFormat } from "./resultFormat.ts";
import { type BenchmarkParts, runBenchmark } from "./runBenchmark.ts";
import { SpeedBook } from "./SpeedBook.ts";

export interface BenchmarkOptions extends Omit<BenchmarkParts, "hashes" | "library" | "engines"> {
  home: string;
  modelsFolder: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
  engines: Pick<Engines, "use" | "start">;
  library: Pick<Library, "chooseFile" | "facts">;
  onEvent: EventListener;
  /** Called when a result could not be read and was set aside. */
  onDamaged: (problem: Problem) => void;
}

export interface Benchmarks {
  /** Resolves with the results of one model or of all, newest first. */
  history(modelId: string | null): Promise<{ machineId: string; results: BenchmarkResult[] }>;
}

type Ended = Extract<BenchmarkState, { state: "ended" }>;

const emitEveryMs = 100;

/** Runs benchmarks, one at a time, and stores their results. The state diagram is in the contract. */
export function openBenchmark(options: BenchmarkOptions): RunningCapability<typeof benchmarkCalls, Benchmarks> {
  const { home, library, hardware, engines, onEvent } = options;
  const folder = join(home, "benchmarks");
  const history = new BenchmarkHistory({
    folder,
    format: resultFormat,
    onDamaged: (name) => {
      options.onDamaged({ code: "benchmark-damaged", facts: { file: join(folder, name) } });
    },
  });
  const parts: BenchmarkParts = { ...options, hashes: new ModelHashes(options) };
  const job = new MachineJob<BenchmarkState>({
    home,
    none: { state: "none" },
    refusal: "benchmark-running",
    onState: nowAndThen((state) => onEvent("benchmark.changed", state)),
  });

  async function kept(ended: Ended): Promise<Ended> {
    if (ended.result === null) return ended;
    try {
      await history.add(ended.result);
      onEvent("benchmark.historyChanged", {});
      return ended;
    } catch (error) {
      return { ...ended, problem: ended.problem ?? toProblem(error) };
    }
  }

  /** Resolves with the speeds of the newest result on this machine. Unknown speeds are learned while measuring. */
  async function knownSpeeds(modelId: string): Promise<SpeedBook> {
    const speeds = new SpeedBook();
    const { results } = await ofModel(modelId).catch(() => ({ results: [] }));
    for (const test of results[0]?.tests ?? []) speeds.learn(test, test.tokensPerSecond.samples);
    return speeds;
  }

  /** Resolves with this model's results on this machine, newest first. */
  async function ofModel(modelId: string) {
    const profile = await hardware.asKnown();
    const here = machineId(profile);
    const results = (await history.list()).filter(
      ({ conditions: { model, machine } }) => model.id === modelId && machine.id === here,
    );
    return { profile, results };
  }

  async function resultsOf(modelId: string | null): Promise<{ machineId: string; results: BenchmarkResult[] }> {
    const results = (await history.list()).filter(
      ({ conditions }) => modelId === null || conditions.model.id === modelId,
    );
    return { machineId: machineId(await hardware.asKnown()), results };
  }

  /** Resolves with results in the order of the ids. Rejects with `benchmark-not-found`. */
  async function results(ids: string[]): Promise<BenchmarkResult[]> {
    const all = await history.list();
    return ids.map((id) => {
      const found = all.find((result) => result.id === id);
      if (found === undefined) throw new WorkbenchError("benchmark-not-found");
      return found;
    });
  }

  return {
    api: { history: resultsOf },
    handlers: {
      "benchmark.start": (start) =>
        job.start(
          () => library.chooseFile(start.modelId),
          (model) => {
            const { id: modelId, name: modelName } = model;
            const run = { id: randomUUID(), modelId, modelName, plan: start.plan, startedAt: Date.now() };
            return {
              queued: { state: "queued", run },
              async measure(signal, onState) {
                const speeds = await knownSpeeds(modelId);
                return await kept(await runBenchmark(parts, { run, start, model, speeds, signal, onState }));
              },
            };
          },
        ),
      "benchmark.stop": () => job.stop(),
      "benchmark.state": () => job.state,
      "benchmark.history": async ({ modelId }) => {
        const found = await resultsOf(modelId);
        return { ...found, changes: historyChanges(found.results) };
      },
      "benchmark.remove": async ({ resultIds }) => {
        await history.remove(resultIds);
        onEvent("benchmark.historyChanged", {});
        return null;
      },
      "benchmark.compare": async ({ resultIds }) => compareResults(await results(resultIds)),
      "benchmark.export": async ({ resultIds, format }) => {
        const text = exportResults(await results(resultIds), format);
        return { fileName: `benchmark-${new Date().toISOString().slice(0, 10)}.${format}`, text };
      },
      "benchmark.recheck": async ({ modelId }) => {
        const model = await library.chooseFile(modelId);
        // The engine is started first, because it knows the graphics cards and so their driver.
        const info = await engines.start();
        const { profile, results: before } = await ofModel(model.id);
        return recheckOf(before, info, profile);
      },
    },
    async close() {
      await job.stop();
    },
  };
}

/** Limits how often states of the same kind are passed on: a hundred short runs may end in one second. */
function nowAndThen(emit: (state: BenchmarkState) => void): (state: BenchmarkState) => void {
  let told: BenchmarkState["state"] = "none";
  let toldAt = 0;
  return (state) => {
    if (state.state === told && performance.now() - toldAt < emitEveryMs) return;
    told = state.state;
    toldAt = performance.now();
    emit(state);
  };
}
