import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { isRemote, writtenAt } from "../../contract/modelKinds.ts";
import type { RemoteModel } from "../../contract/models.ts";
import {
  type ServerBenchmarkResult,
  serverBenchmarkResultSchema,
  type serverBenchmarkCalls,
  type ServerBenchmarkState,
} from "../../contract/serverBenchmark.ts";
import { BenchmarkHistory, type ResultFormat } from "../benchmark/BenchmarkHistory.ts";
import { MachineJob } from "../benchmark/MachineJob.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Library } from "../models/library.ts";
import { exportServerResults } from "./exportServerResults.ts";
import { expectRoom, runServerBenchmark, type ServerBenchmarkParts } from "./runServerBenchmark.ts";
import { serverHistoryChanges } from "./serverHistoryChanges.ts";

export interface ServerBenchmarkOptions extends ServerBenchmarkParts {
  home: string;
  library: Pick<Library, "choose">;
  onEvent: EventListener;
  /** Called when a result could not be read and was set aside. */
  onDamaged: (problem: Problem) => void;
}

type Ended = Extract<ServerBenchmarkState, { state: "ended" }>;

const version = 1;
const format: ResultFormat<ServerBenchmarkResult> = {
  version,
  file: z.object({ version: z.literal(version), result: serverBenchmarkResultSchema }),
};

/**
 * Measures models on servers, and stores the results in a folder of their own: nothing that reads what this machine's
 * models have reached can take them for that.
 */
export function openServerBenchmark(options: ServerBenchmarkOptions): RunningCapability<typeof serverBenchmarkCalls> {
  const { home, library, servers, onEvent } = options;
  const folder = join(home, "server-benchmarks");
  const history = new BenchmarkHistory({
    folder,
    format,
    onDamaged: (name) => options.onDamaged({ code: "benchmark-damaged", facts: { file: join(folder, name) } }),
  });
  // Not beside a benchmark of this machine, which it would disturb if the server is on it too.
  const job = new MachineJob<ServerBenchmarkState>({
    home,
    none: { state: "none" },
    refusal: "benchmark-running",
    onState: (state) => onEvent("serverBenchmark.changed", state),
  });

  async function choose(modelId: string): Promise<RemoteModel> {
    const model = await library.choose(modelId);
    if (!isRemote(model)) throw new WorkbenchError("server-not-found", { case: "named", name: modelId });
    return model;
  }

  async function kept(ended: Ended): Promise<Ended> {
    if (ended.result === null) return ended;
    try {
      await history.add(ended.result);
      onEvent("serverBenchmark.historyChanged", {});
      return ended;
    } catch (error) {
      return { ...ended, problem: ended.problem ?? toProblem(error) };
    }
  }

  return {
    api: null,
    handlers: {
      "serverBenchmark.start": async ({ modelId, plan }) => {
        const chosen = await choose(modelId);
        expectRoom(plan, chosen);
        const server = await servers.serverOf(chosen);
        return await job.start(
          () => Promise.resolve(chosen),
          (model) => {
            const run = {
              id: randomUUID(),
              modelId: model.id,
              modelName: model.name,
              server: { ...writtenAt(model.source), id: server.id, dialect: server.dialect },
              plan,
              startedAt: Date.now(),
            };
            return {
              queued: { state: "measuring", run, progress: { number: 0, runs: [], failed: 0 } },
              measure: async (signal, onState) =>
                await kept(await runServerBenchmark(options, { run, model, server, signal, onState })),
            };
          },
        );
      },
      "serverBenchmark.stop": () => job.stop(),
      "serverBenchmark.state": () => job.state,
      "serverBenchmark.history": async () => {
        const results = await history.list();
        return { results, changes: serverHistoryChanges(results) };
      },
      "serverBenchmark.remove": async ({ resultIds }) => {
        await history.remove(resultIds);
        onEvent("serverBenchmark.historyChanged", {});
        return null;
      },
      "serverBenchmark.export": async ({ resultIds, format: wanted }) => {
        const all = await history.list();
        const results = resultIds.map((id) => {
          const found = all.find((result) => result.id === id);
          if (found === undefined) throw new WorkbenchError("benchmark-not-found");
          return found;
        });
        const day = new Date().toISOString().slice(0, 10);
        return { fileName: `server-benchmark-${day}.${wanted}`, text: exportServerResults(results, wanted) };
      },
    },
    async close() {
      await job.stop();
    },
  };
}
