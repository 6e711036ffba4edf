import { spawnChild } from "./spawnChild.ts";

export interface RunChildOptions {
  env: NodeJS.ProcessEnv;
  /** Then it is killed. */
  limitMs: number;
  /** Of stdout; more, and it is killed. */
  maxBytes: number;
}

export interface ChildOutcome {
  stdout: string;
  /** The end of what it said on stderr. */
  lastWords: string;
  /** Null: it was ended by `signal`, or never started. */
  code: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** Why it could not be started. */
  startError: Error | null;
}

const lastWordsChars = 4000;

/** Runs a program to its end and keeps what it prints. It inherits nothing (spawnChild.ts). Resolves however it ends. */
export function runChild(file: string, args: string[], options: RunChildOptions): Promise<ChildOutcome> {
  return new Promise((resolve) => {
    const child = spawnChild(file, args, { env: options.env, stdio: ["ignore", "pipe", "pipe"] });
    const outcome: ChildOutcome = {
      stdout: "",
      lastWords: "",
      code: null,
      signal: null,
      timedOut: false,
      startError: null,
    };
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
      resolve({ ...outcome, ...ended, stdout: Buffer.concat(chunks).toString() });
    };
    child.on("error", (error) => {
      // A failed kill also comes here; only a child without an id was never started.
      if (child.pid === undefined) end({ startError: error });
    });
    child.on("close", (code, signal) => end({ code, signal }));
  });
}
