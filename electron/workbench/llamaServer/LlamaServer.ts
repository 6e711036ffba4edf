import { randomBytes } from "node:crypto";
import { type Problem, problemOf } from "../../contract/errors.ts";
import type { StartedServer } from "../../contract/llamaServer.ts";
import { mostRestarts } from "../../contract/llamaServerLimits.ts";
import type { Clock } from "../idleTimer.ts";
import { type KeeperPaths, type ServerExit, ServerProcess } from "./ServerProcess.ts";

export interface Access {
  url: string;
  key: string;
}

export interface LlamaServerOptions {
  keeper: KeeperPaths;
  /** Resolves with whether the server at an address has loaded its model. Rejects if it does not answer. */
  isReady: (url: string) => Promise<boolean>;
  /** Resolves with the main memory that a process holds. Null if that is not known. */
  residentBytes: (pid: number) => Promise<number | null>;
  onState: (state: StartedServer) => void;
  /** Called when it is ready, and with null when it is not any more. */
  onAccess: (access: Access | null) => void;
  clock: Clock;
}

/** What is run. Where it listens is added. */
export interface ServerCommand {
  program: string;
  args: string[];
}

const askEveryMs = 500;
const watchEveryMs = 5000;
const firstWaitMs = 1000;
/** Why it ended, by what it says. In this order, because a model that does not fit into memory is not loaded either. */
const reasons = [
  { reason: "portTaken", words: /couldn't bind HTTP server socket/ },
  { reason: "outOfMemory", words: /out of memory|(failed|unable) to allocate/i },
  { reason: "modelNotLoaded", words: /(failed|error) (to load|loading) model/ },
] as const;
/** Restarts count together unless it was ready for this long between them. */
const steadyMs = 10 * 60_000;

/**
 * The llama-server that the app runs: one at a time. One that was ready and ended by itself is started again, up to three
 * times; one that never became ready is not, because it would end in the same way.
 */
export class LlamaServer {
  readonly #options: LlamaServerOptions;
  #state: StartedServer = { state: "off" };
  #process: ServerProcess | null = null;
  #command: ServerCommand | null = null;
  #restarts = 0;
  /** The same as long as it is started again by itself, as is its port, so that other programs find it. */
  #key = "";
  #port = 0;
  #log: string[] = [];
  #cancelTimer: () => void = () => undefined;
  /** Resolves what waits for it to be ready or to have failed. */
  #settled: (() => void)[] = [];

  constructor(options: LlamaServerOptions) {
    this.#options = options;
  }

  get state(): StartedServer {
    return this.#state;
  }

  /** The last lines that it wrote, also after it has ended. */
  get log(): string[] {
    return this.#process?.log.all() ?? this.#log;
  }

  /** Starts it, in place of one that runs. Resolves once it is ready, failed or was stopped. */
  async start(command: ServerCommand): Promise<void> {
    do await this.stop();
    while (
      // Another start may have come first.
      this.#process !== null
    );
    this.#command = command;
    this.#restarts = 0;
    this.#key = randomBytes(32).toString("base64url");
    this.#port = 0;
    const settled = new Promise<void>((resolve) => this.#settled.push(resolve));
    this.#launch();
    await settled;
  }

  /** Resolves once it has ended. */
  async stop(): Promise<void> {
    this.#command = null;
    this.#cancelTimer();
    this.#options.onAccess(null);
    await this.#process?.stop();
    if (this.#state.state !== "off") this.#become({ state: "off" });
    this.#settle();
  }

  #launch(): void {
    const command = this.#command;
    if (command === null) return;
    const key = this.#key;
    this.#become({ state: "starting" });
    /** Known once the model is loaded, in most versions. */
    let url: string | null = null;
    const process = new ServerProcess({
      keeper: this.#options.keeper,
      program: command.program,
      args: [...command.args, "--host", "127.0.0.1", "--port", String(this.#port)],
      key,
      onStarted: (pid) => {
        this.#become({ state: "loading", pid, memoryBytes: null });
        this.#askUntilReady(process, pid, () => url);
      },
      onListening: (address) => {
        url = address;
        this.#port = Number(new URL(address).port);
      },
      onExit: (exit) => this.#ended(process, exit),
    });
    this.#process = process;
  }

  #askUntilReady(process: ServerProcess, pid: number, address: () => string | null): void {
    const ask = async (): Promise<void> => {
      const url = address();
      const [isReady, memoryBytes] = await Promise.all([
        url !== null && this.#options.isReady(url).catch(() => false),
        this.#options.residentBytes(pid),
      ]);
      if (this.#process !== process || this.#state.state !== "loading") return;
      if (url === null || !isReady) {
        this.#become({ state: "loading", pid, memoryBytes });
        this.#wait(askEveryMs, () => void ask());
        return;
      }
      this.#become({
        state: "ready",
        pid,
        memoryBytes,
        url,
        isHealthy: true,
        since: this.#options.clock.now(),
      });
      this.#options.onAccess({ url, key: this.#key });
      this.#settle();
      this.#watch(process);
    };
    void ask();
  }

  #watch(process: ServerProcess): void {
    this.#wait(watchEveryMs, () => {
      const { state } = this;
      if (this.#process !== process || state.state !== "ready") return;
      void Promise.all([
        this.#options.isReady(state.url).catch(() => false),
        this.#options.residentBytes(state.pid),
      ]).then(([isHealthy, memoryBytes]) => {
        if (this.#process !== process || this.#state.state !== "ready") return;
        if (isHealthy !== state.isHealthy || memoryBytes !== state.memoryBytes) {
          this.#become({ ...state, isHealthy, memoryBytes });
        }
        this.#watch(process);
      });
    });
  }

  #ended(process: ServerProcess, exit: ServerExit): void {
    if (this.#process !== process) return;
    this.#log = process.log.all();
    this.#process = null;
    this.#cancelTimer();
    // It was asked to end.
    if (this.#command === null) return;
    const { state } = this;
    this.#options.onAccess(null);
    const problem = exitProblem(exit, process.log.lastWords());
    const wasReady = state.state === "ready";
    if (wasReady && this.#options.clock.now() - state.since >= steadyMs) this.#restarts = 0;
    if ((!wasReady && this.#restarts === 0) || this.#restarts === mostRestarts) {
      this.#command = null;
      this.#become({ state: "failed", problem });
      this.#settle();
      return;
    }
    this.#restarts++;
    // First, because whoever is told may stop it at once.
    this.#wait(firstWaitMs * 2 ** (this.#restarts - 1), () => this.#launch());
    this.#become({ state: "waiting", restart: this.#restarts, problem });
  }

  #become(state: StartedServer): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #settle(): void {
    for (const resolve of this.#settled.splice(0)) resolve();
  }

  #wait(ms: number, then: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(ms, then);
  }
}

function exitProblem(exit: ServerExit, lastWords: string): Problem {
  if (exit.notStarted !== undefined) {
    return problemOf("llama-server-failed", { case: "notRunnable" }, exit.notStarted);
  }
  const { code, signal } = exit;
  const reason = reasons.find(({ words }) => words.test(lastWords))?.reason;
  const ended =
    signal === null ? ({ case: "exitCode", exitCode: code ?? 0 } as const) : ({ case: "signal", signal } as const);
  return problemOf("llama-server-failed", reason === undefined ? ended : { case: reason }, lastWords);
}
