import type { ChildProcess } from "node:child_process";
import type { EngineInfo } from "../../contract/engine.ts";
import {
  type EngineCommand,
  type EngineOperation,
  type EngineReport,
  type EngineRequests,
  engineProtocolVersion,
} from "../../contract/engineProtocol.ts";
import { type Problem, problemOf, toError } from "../../contract/errors.ts";
import { spawnChild } from "../children/spawnChild.ts";
import { engineEnvironment } from "./engineEnvironment.ts";
import { exitProblem } from "./exitProblem.ts";
import { parseReport } from "./parseReport.ts";
import { PendingRequest, type RequestOptions, type RequestOutcome } from "./PendingRequest.ts";
import { SilenceWatch } from "./SilenceWatch.ts";

export interface EngineLimits {
  /** If no heartbeat arrives for this long, the engine hangs and is killed. */
  silenceMs: number;
  /** Time limit from spawn to ready. */
  startMs: number;
  /** The engine is terminated and replaced if it has not stopped this long after a request to stop. */
  cancelMs: number;
  /** The same limit for a load, whose slow steps cannot be interrupted: starting a new engine is faster. */
  cancelLoadMs: number;
}

export interface EngineChildOptions {
  nodePath: string;
  /** The entry point and its arguments. */
  args: string[];
  /** Whether it asks for large memory pages. */
  largePages: boolean;
  limits: EngineLimits;
  onLog: (level: "warn" | "error", text: string) => void;
  /**
   * Called once, after all pending requests have settled. `deliberate` means that it was terminated because it was too
   * slow to stop.
   */
  onExit: (problem: Problem, deliberate: boolean) => void;
  /** Called when the number of pending requests becomes zero or nonzero. */
  onBusy: (busy: boolean) => void;
}

const lastWordsChars = 4000;

/** One engine process, from spawn to exit. Every request settles exactly once, whatever happens to the process. */
export class EngineChild {
  /** Rejects if the process exits before it is ready, uses another protocol version, or takes too long. */
  readonly ready: Promise<Omit<EngineInfo, "probes">>;
  readonly #child: ChildProcess;
  readonly #options: EngineChildOptions;
  readonly #pending = new Map<number, PendingRequest>();
  readonly #watch: SilenceWatch;
  readonly #startTimer: NodeJS.Timeout;
  #settleReady: { resolve: (info: Omit<EngineInfo, "probes">) => void; reject: (error: Error) => void } | null = null;
  #nextId = 1;
  #residentBytes = 0;
  #lastWords = "";
  #wasReady = false;
  #ended = false;
  #deliberate = false;
  /** Why the workbench killed it. Null if it exited on its own. */
  #verdict: Problem | null = null;

  constructor(options: EngineChildOptions) {
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Callers that await it still get the failure. Without any, it must not be an unhandled rejection.
    this.ready.catch(() => undefined);
    this.#child = spawnChild(options.nodePath, options.args, {
      env: engineEnvironment(process.env, options.largePages),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#keepWords(text));
    this.#child.on("message", (message) => this.#receive(message));
    this.#child.on("error", (error) => {
      this.#keepWords(error.message);
      if (this.#child.pid === undefined) this.#end(null, null);
    });
    this.#child.on("exit", (code, signal) => this.#end(code, signal));
    this.#watch = new SilenceWatch(options.limits.silenceMs, () =>
      this.kill(problemOf("engine-hung", { case: "silent", seconds: options.limits.silenceMs / 1000 })),
    );
    this.#startTimer = setTimeout(
      () => this.kill(problemOf("engine-start-failed", { case: "late", seconds: options.limits.startMs / 1000 })),
      options.limits.startMs,
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a request. Settles once: done, cancelled with a partial result, or rejected with a coded error. */
  request<Op extends EngineOperation>(
    operation: Op,
    params: EngineRequests[Op]["params"],
    options: RequestOptions<Op>,
  ): Promise<RequestOutcome<Op>> {
    const id = this.#nextId++;
    const { limits } = this.#options;
    const pending = new PendingRequest({
      operation,
      options: options as RequestOptions<EngineOperation>,
      cancelMs: options.cancelMs ?? (operation === "load" ? limits.cancelLoadMs : limits.cancelMs),
      onCancel: () => this.#send({ type: "cancel", id }),
      onSkipThought: () => this.#send({ type: "skipThought", id }),
      onDisobeyed: () => {
        // On a slow device one batch can take minutes, which is not a failure of the engine.
        this.#deliberate = true;
        this.#options.onLog("warn", `The engine did not stop "${operation}" in time and was ended.`);
        this.kill(problemOf("engine-hung", { case: "notStopped" }));
      },
      onSettled: () => {
        this.#pending.delete(id);
        if (this.#pending.size === 0 && !this.#ended) this.#options.onBusy(false);
      },
    });
    this.#pending.set(id, pending);
    if (this.#pending.size === 1) this.#options.onBusy(true);
    this.#send({ type: "request", id, operation, params } as EngineCommand);
    pending.watchSignals();
    return pending.outcome as Promise<RequestOutcome<Op>>;
  }

  /** Kills the process at once. Its requests reject with `verdict`. */
  kill(verdict: Problem): void {
    if (this.#ended) return;
    this.#verdict ??= verdict;
    this.#child.kill("SIGKILL");
  }

  /** Asks the process to exit and resolves when it has. Kills it after `limitMs`. */
  async close(limitMs: number): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#verdict ??= problemOf("engine-down", { case: "closed" });
    this.#send({ type: "shutdown" });
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), limitMs);
    if (!this.#ended) await gone;
    clearTimeout(timer);
  }

  #send(command: EngineCommand): void {
    // Never send to a dead child. The callback swallows the error of one that is exiting.
    if (!this.#ended && this.#child.connected) this.#child.send(command, () => undefined);
  }

  #receive(message: unknown): void {
    if (this.#ended) return;
    const report = parseReport(message);
    if (report === null) {
      this.#options.onLog(
        "error",
        // Without the content, which may contain part of a reply.
        `The engine sent something unexpected: ${typeof message}.`,
      );
      return;
    }
    this.#watch.heard();
    this.#dispatch(report);
  }

  #dispatch(report: EngineReport): void {
    switch (report.type) {
      case "ready":
        return this.#receiveReady(report.protocol, report.info);
      case "heartbeat":
        this.#residentBytes = report.residentBytes;
        return;
      case "log":
        if (report.level === "error") this.#keepWords(`${report.text}\n`);
        return this.#options.onLog(report.level, report.text);
      case "event":
        return this.#pending.get(report.id)?.event(report.event);
      case "result":
        return this.#pending.get(report.id)?.result(report.value);
      case "cancelled":
        return this.#pending.get(report.id)?.cancelled();
      case "failed":
        return this.#pending.get(report.id)?.failed(report.problem);
    }
  }

  #receiveReady(protocol: number, info: Omit<EngineInfo, "probes">): void {
    if (protocol !== engineProtocolVersion) {
      const detail = `The engine speaks version ${protocol} of the protocol, the app version ${engineProtocolVersion}.`;
      this.kill(problemOf("engine-start-failed", { case: "otherVersion" }, detail));
      return;
    }
    clearTimeout(this.#startTimer);
    this.#wasReady = true;
    this.#settleReady?.resolve(info);
  }

  #keepWords(text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-lastWordsChars);
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watch.stop();
    clearTimeout(this.#startTimer);
    const facts = { code, signal, lastWords: this.#lastWords.trim(), residentBytes: this.#residentBytes };
    const problem = this.#verdict ?? exitProblem({ ...facts, wasReady: this.#wasReady });
    this.#settleReady?.reject(toError(problem));
    for (const pending of this.#pending.values()) pending.died(problem);
    this.#options.onExit(problem, this.#deliberate);
  }
}
