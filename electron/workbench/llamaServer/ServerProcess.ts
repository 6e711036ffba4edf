import type { ChildProcess } from "node:child_process";
import { spawnChild } from "../children/spawnChild.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import type { KeeperCommand, KeeperReport } from "./keeperProtocol.ts";
import { LogLines } from "./LogLines.ts";

export interface KeeperPaths {
  /** The Node binary that comes with the app. */
  nodePath: string;
  /** The built `keeper.mjs`. */
  entry: string;
}

/** How it ended. `notStarted`: the system's message. */
export type ServerExit =
  | { code: number | null; signal: NodeJS.Signals | null; notStarted?: undefined }
  | { notStarted: string };

export interface ServerProcessOptions {
  keeper: KeeperPaths;
  program: string;
  args: string[];
  /** The key that it asks for. It is in its environment, because command lines can be read by other users. */
  key: string;
  onStarted: (pid: number) => void;
  /** Called with the address that it listens on. */
  onListening: (url: string) => void;
  /** Called once. */
  onExit: (exit: ServerExit) => void;
}

const listening = /\blistening on (http:\/\/127\.0\.0\.1:\d{1,5})\b/;
/** How long it may take to end when it is asked to. */
const stopMs = 5000;

/** One llama-server, from spawn to exit. It ends with this process, however this one ends. */
export class ServerProcess {
  readonly log: LogLines;
  readonly #keeper: ChildProcess;
  readonly #options: ServerProcessOptions;
  #pid: number | null = null;
  #exit: ServerExit | null = null;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.log = new LogLines(options.key);
    const { keeper, program, args, key } = options;
    this.#keeper = spawnChild(keeper.nodePath, [keeper.entry], {
      env: childEnvironment(process.env),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#keeper.stdout, this.#keeper.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    }
    this.#keeper.on("message", (report: KeeperReport) => this.#receive(report));
    this.#keeper.on("error", (error) => this.#keeperEnded(error.message));
    this.#keeper.on("exit", () => this.#endServer());
    // Once its output has been read, which says why.
    this.#keeper.on("close", () => this.#keeperEnded("its keeper ended"));
    this.#send({ type: "start", program, args, env: { ...serverEnvironment(), LLAMA_API_KEY: key } });
  }

  /** Asks it to end, and ends it after 5 s. Resolves once it has ended. */
  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#keeper.once("close", () => resolve()));
    if (this.#keeper.exitCode !== null || this.#keeper.signalCode !== null || this.#keeper.pid === undefined) return;
    this.#send({ type: "stop" });
    const timer = setTimeout(() => this.#keeper.kill("SIGTERM"), stopMs);
    await gone;
    clearTimeout(timer);
  }

  #read(text: string): void {
    for (const line of this.log.add(text)) {
      const url = listening.exec(line)?.[1];
      if (url !== undefined) this.#options.onListening(url);
    }
  }

  #receive(report: KeeperReport): void {
    if (report.type === "started") {
      this.#pid = report.pid;
      this.#options.onStarted(report.pid);
    } else if (report.type === "notStarted") this.#exit = { notStarted: report.message };
    else this.#exit = { code: report.code, signal: report.signal };
  }

  #keeperEnded(message: string): void {
    const { onExit } = this.#options;
    const exit = this.#exit ?? (this.#pid === null ? { notStarted: message } : { code: null, signal: "SIGKILL" });
    this.#options.onExit = () => undefined;
    onExit(exit);
  }

  /** Ends the server if its keeper cannot do it any more, because something has ended that alone. */
  #endServer(): void {
    if (this.#exit !== null || this.#pid === null) return;
    try {
      process.kill(this.#pid, "SIGKILL");
    } catch {
      // It has ended too.
    }
  }

  #send(command: KeeperCommand): void {
    // A failure means that it has ended, which "close" tells.
    if (this.#keeper.connected) this.#keeper.send(command, () => undefined);
  }
}

/**
 * Returns the environment without the settings that llama-server takes from it: it is started as the app says. Where it
 * aborts, it does not start a debugger, whose lines would hide the reason.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(childEnvironment(process.env)).filter(([name]) => !/^LLAMA_ARG_/i.test(name));
  return { ...Object.fromEntries(kept), GGML_NO_BACKTRACE: "1" };
}
