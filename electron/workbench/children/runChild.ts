import { constants, setPriority } from "node:os";
import { spawnChild } from "./spawnChild.ts";

export interface RunChildOptions {
  env: NodeJS.ProcessEnv;
  /** The process is killed after this time. */
  limitMs: number;
  /** Limit for stdout. The process is killed if it prints more. */
  maxBytes: number;
  /** A descriptor that it reads as its stdin. Without it, stdin is empty. */
  stdin?: number;
  /** Whether other processes go first. */
  yields?: boolean;
  /** Kills the process. */
  signal?: AbortSignal;
}

export interface ChildOutcome {
  stdout: string;
  /** The last part of its stderr. */
  lastWords: string;
  /** Null if it was terminated by `signal` or never started. */
  code: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** Why it could not be started. Null if it was. */
  startError: Error | null;
}

const lastWordsChars = 4000;

/** Runs a program and resolves with its output, however it ends. It inherits no descriptors (spawnChild.ts). */
export function runChild(file: string, args: string[], options: RunChildOptions): Promise<ChildOutcome> {
  return new Promise((resolve) => {
    const child = spawnChild(file, args, { env: options.env, stdio: [options.stdin ?? "ignore", "pipe", "pipe"] });
    const outcome: ChildOutcome = {
      stdout: "",
      lastWords: "",
      code: null,
      signal: null,
      timedOut: false,
      startError: null,
    };
    if (options.yields === true && child.pid !== undefined) letOthersFirst(child.pid);
    const abort = (): void => void child.kill("SIGKILL");
    options.signal?.addEventListener("abort", abort);
    if (options.signal?.aborted) abort();
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout?.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > options.maxBytes) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      outcome.lastWords = (outcome.lastWords + text).slice(-lastWordsChars);
    });
    const timer = setTimeout(() => {
      outcome.timedOut = true;
      child.kill("SIGKILL");
    }, options.limitMs);
    const end = (ended: Partial<ChildOutcome>): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      resolve({ ...outcome, ...ended, stdout: Buffer.concat(chunks).toString() });
    };
    child.on("error", (error) => {
      // A failed kill also emits an error, but only a child without a pid was never started.
      if (child.pid === undefined) end({ startError: error });
    });
    child.on("close", (code, signal) => end({ code, signal }));
  });
}

/** Lets other processes go before this one. */
function letOthersFirst(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended, or the system does not allow this.
  }
}
