import { type Problem, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { ModelChoices, RemoteModel } from "../../contract/models.ts";
import type {
  ServerBenchmarkResult,
  ServerBenchmarkRun,
  ServerBenchmarkState,
  ServerRun,
} from "../../contract/serverBenchmark.ts";
import { type ServerBenchmarkPlan, serverWarmUp } from "../../contract/serverBenchmarkPlan.ts";
import { speedOf } from "../benchmark/speedOf.ts";
import { endingWithin } from "../endingWithin.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Servers } from "../servers/openServers.ts";
import type { StoredServer } from "../servers/ServersFile.ts";
import { type StreamedReply, streamReply } from "../servers/streamReply.ts";
import { wireSampling } from "../servers/wireSampling.ts";
import { freshPrompt } from "./freshPrompt.ts";

/** What a benchmark of a server needs from the other capabilities. */
export interface ServerBenchmarkParts {
  servers: Pick<Servers, "open" | "serverOf" | "waits">;
  choices: Pick<ChoicesStore, "get">;
  appVersion: string;
  /** For tests: how long one reply may take. */
  mostReplyMs?: number | undefined;
}

export interface ServerBenchmarkJob {
  run: ServerBenchmarkRun;
  model: RemoteModel;
  server: StoredServer;
  signal: AbortSignal;
  onState: (state: ServerBenchmarkState) => void;
}

type Ended = Extract<ServerBenchmarkState, { state: "ended" }>;
type Chosen = Pick<ModelChoices, "temperature" | "topP" | "topK" | "minP" | "contextSize">;

const usualReplyMs = 600_000;
/** A server that fails twice in a row will fail again, and may charge for it. */
const mostFailuresInRow = 2;
/** No machine reads or writes more tokens in a second. */
const mostPerSecond = 1e7;
/** Some servers send pieces that are less than a token, or count a limit a little differently. */
const mostPieces = (tokens: number): number => tokens * 4 + 64;

/**
 * Asks a server's model as often as the plan says, and measures its replies. Never rejects: a stop and every failure are
 * outcomes, with everything that was measured until then.
 */
export async function runServerBenchmark(parts: ServerBenchmarkParts, job: ServerBenchmarkJob): Promise<Ended> {
  const { run, signal } = job;
  const measuring = new Measuring(parts, job);
  let problem: Problem | null = null;
  try {
    await measuring.work();
  } catch (error) {
    if (!signal.aborted) problem = toProblem(error);
  }
  const outcome = problem !== null ? "failed" : signal.aborted ? "stopped" : "complete";
  return { state: "ended", run, outcome, result: measuring.result(outcome, problem), problem };
}

class Measuring {
  readonly #parts: ServerBenchmarkParts;
  readonly #job: ServerBenchmarkJob;
  readonly #runs: ServerRun[] = [];
  readonly #failures: ServerBenchmarkResult["failures"] = [];

  constructor(parts: ServerBenchmarkParts, job: ServerBenchmarkJob) {
    this.#parts = parts;
    this.#job = job;
  }

  /** Rejects if the first request fails, or two of the timed ones in a row. */
  async work(): Promise<void> {
    const { run, model, signal } = this.#job;
    const chosen = await this.#parts.choices.get(model);
    this.#tell(0);
    const tokensOfWord = await this.#warmUp(chosen);
    const words = Math.round(run.plan.promptTokens / tokensOfWord);
    let failuresInRow = 0;
    for (let number = 1; number <= run.plan.repeats && !signal.aborted; number++) {
      this.#tell(number);
      try {
        const startedAt = Date.now();
        const reply = await this.#ask(words, run.plan.writtenTokens, chosen);
        if (signal.aborted) return;
        this.#runs.push(runOf(reply, { number, startedAt }, model.source.serverName));
        failuresInRow = 0;
        this.#tell(number);
      } catch (error) {
        if (signal.aborted) return;
        this.#failures.push({ number, problem: stored(toProblem(error)) });
        if (++failuresInRow >= mostFailuresInRow) throw error;
      }
    }
    const [first] = this.#failures;
    if (this.#runs.length === 0 && first !== undefined && !signal.aborted) throw toError(first.problem);
  }

  /** Has the model loaded, and resolves with how many tokens a word of a prompt has, as far as the server counts. */
  async #warmUp(chosen: Chosen): Promise<number> {
    const { timing } = await this.#ask(serverWarmUp.promptTokens, serverWarmUp.writtenTokens, chosen);
    const counted = timing.usage?.promptTokens ?? 0;
    return counted === 0 ? 1 : Math.min(8, Math.max(0.5, counted / serverWarmUp.promptTokens));
  }

  /** Rejects with a coded error if the reply is not whole. Resolves whatever there is if the user stopped it. */
  async #ask(words: number, tokens: number, chosen: Chosen): Promise<StreamedReply> {
    const { model, server, signal } = this.#job;
    const { servers, mostReplyMs = usualReplyMs } = this.#parts;
    // What was removed, or now leads elsewhere, is sent nothing more.
    if ((await servers.serverOf(model)).url !== server.url) throw new WorkbenchError("server-not-found");
    const limit = endingWithin(signal, mostReplyMs);
    const tooLong = new AbortController();
    const { serverName, modelName } = model.source;
    let pieces = 0;
    const client = await servers.open(server, "benchmark").catch((error: unknown) => {
      limit.clear();
      throw error;
    });
    try {
      const reply = await streamReply({
        client,
        dialect: server.dialect ?? "other",
        request: {
          model: modelName,
          messages: [{ role: "user", content: freshPrompt(words) }],
          thinking: model.family === "r1" ? "on" : "auto",
          sampling: wireSampling(model, chosen),
          maxTokens: tokens,
          // As in a chat: Ollama loads a model again for another context.
          contextSize: chosen.contextSize ?? model.contextLength,
          thoughtLimit: null,
          soFar: null,
          schema: null,
        },
        opensThought: server.opensThought,
        signal: AbortSignal.any([limit.signal, tooLong.signal]),
        onEvent: (event) => {
          if (event.kind === "piece" && ++pieces > mostPieces(tokens)) tooLong.abort();
        },
        ...(servers.waits && { waits: servers.waits }),
      });
      if (signal.aborted || reply.outcome === "done") return reply;
      throw tooLong.signal.aborted
        ? new WorkbenchError("server-endless", { server: serverName, case: "long", tokens })
        : new WorkbenchError("server-endless", { server: serverName, case: "slow", seconds: mostReplyMs / 1000 });
    } catch (error) {
      const { code } = toProblem(error);
      if (code !== "server-cut") throw error;
      // Nothing of it is kept, as it would be of a chat's reply.
      throw new WorkbenchError("server-cut", { server: serverName, case: "measuring" });
    } finally {
      limit.clear();
      await client.close();
    }
  }

  #tell(number: number): void {
    const { run, onState } = this.#job;
    const runs = this.#runs.map(({ number: done, ttftMs, tokensPerSecond }) => ({
      number: done,
      ttftMs,
      tokensPerSecond,
    }));
    onState({ state: "measuring", run, progress: { number, runs, failed: this.#failures.length } });
  }

  /** Returns the result, or null if nothing was measured. */
  result(ending: Ended["outcome"], problem: Problem | null): ServerBenchmarkResult | null {
    const { run, model } = this.#job;
    const runs = this.#runs;
    if (runs.length === 0) return null;
    const speedsOf = (speed: (one: ServerRun) => number | null) => {
      const speeds = runs.map(speed).filter((value) => value !== null);
      return speeds.length === 0 ? null : speedOf(speeds);
    };
    return {
      kind: "server",
      id: run.id,
      appVersion: this.#parts.appVersion,
      startedAt: run.startedAt,
      endedAt: Date.now(),
      plan: run.plan,
      ending,
      problem: problem && stored(problem),
      server: run.server,
      model: { id: model.id, name: model.name, named: withoutFolder(model.source.modelName) },
      runs,
      failures: this.#failures,
      ttft: speedOf(runs.map(({ ttftMs }) => ttftMs)),
      writing: speedsOf(({ tokensPerSecond }) => tokensPerSecond),
      serverReading: speedsOf(({ server }) => server && perSecond(server.promptTokens, server.promptMs)),
      serverWriting: speedsOf(({ server }) => server && perSecond(server.writtenTokens, server.writtenMs)),
    };
  }
}

/** A clock that says more than `mostPerSecond` is wrong. */
function perSecond(tokens: number, ms: number): number | null {
  const speed = tokens === 0 || ms === 0 ? null : (tokens * 1000) / ms;
  return speed !== null && speed <= mostPerSecond ? speed : null;
}

/** Returns what one reply shows. Throws `server-answer-invalid` if the server wrote nothing. */
function runOf(
  { stats, timing }: StreamedReply,
  which: Pick<ServerRun, "number" | "startedAt">,
  server: string,
): ServerRun {
  const { ttftMs, usage, pieces } = timing;
  if (stats === null || ttftMs === null)
    throw new WorkbenchError("server-answer-invalid", { server, case: "notUnderstood" });
  // Some servers count a thought that they do not send, so that nobody here sees how long it took.
  const isHidden = pieces.thought === 0 && (usage?.thoughtTokens ?? 0) > 0;
  return {
    ...which,
    ttftMs,
    tokensPerSecond: isHidden ? null : stats.tokensPerSecond,
    counts: usage === null ? "pieces" : "usage",
    promptTokens: usage?.promptTokens || null,
    cachedTokens: usage?.cachedTokens ?? 0,
    writtenTokens: stats.thoughtTokens + stats.answerTokens,
    askedAgain: timing.requests - 1,
    server: timing.server,
  };
}

/** llama-server names a model by the path of its file. Folders are not stored: a result may be shared. */
const withoutFolder = (name: string): string => (/\.gguf$/i.test(name) ? name.replace(/^.*[\\/]/, "") : name);

/** Without its detail, for the same reason. */
const stored = ({ code, facts }: Problem): ServerBenchmarkResult["failures"][number]["problem"] => ({
  code,
  ...(facts && { facts }),
});

/** Throws `benchmark-nothing-to-measure` if the model's context cannot hold what the plan asks for. */
export function expectRoom(plan: ServerBenchmarkPlan, { contextLength }: Pick<RemoteModel, "contextLength">): void {
  if (contextLength === null || plan.promptTokens + plan.writtenTokens < contextLength) return;
  throw new WorkbenchError("benchmark-nothing-to-measure", { case: "context", most: contextLength });
}
