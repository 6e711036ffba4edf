import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

export interface PackagedApp {
  processId: number;
  /** Returns its output on standard error so far. */
  said(): string;
  /** Sends these keys to its window, named as in xdotool. */
  press(...keys: string[]): Promise<void>;
  /** Types text into its window. */
  type(text: string): Promise<void>;
  /** Sends a request as a debugger that started it with --remote-debugging-pipe would, and returns the response. */
  askOverPipe(request: object): void;
  answeredOverPipe(): string;
  /** Resolves with its window's title, which names what is shown. */
  title(): Promise<string>;
  /** Resolves once it has quit. */
  ended: Promise<unknown>;
  /** Quits the app as the system does at shutdown. */
  close(): Promise<void>;
}

const run = promisify(execFile);
const startLimitMs = 60_000;

/**
 * Starts a packaged app and waits for its window. Its fuses, as intended, prevent Playwright from controlling it, so it
 * is used through the keyboard of the X server and judged by its effects.
 * @param command the binary with what comes before it and its switches
 */
export async function startPackaged(command: string[], env: Record<string, string>): Promise<PackagedApp> {
  const [file = "", ...args] = command;
  const app = spawn(file, args, { env, stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
  const ended = once(app, "exit");
  const said = collect(app.stdio[2] as Readable);
  const answered = collect(app.stdio[4] as Readable);
  const toPipe = app.stdio[3] as Writable;
  // Nothing reads the pipe, and it is closed at the end.
  toPipe.on("error", () => undefined);
  try {
    const window = await windowOf(app, said);
    const xdotool = async (...args: string[]): Promise<void> => {
      await run("xdotool", ["windowfocus", "--sync", window, ...args]);
    };
    return {
      processId: app.pid ?? 0,
      said,
      press: (...keys) => xdotool("key", "--delay", "50", ...keys),
      type: (text) => xdotool("type", "--delay", "20", text),
      askOverPipe: (request) => void toPipe.write(`${JSON.stringify(request)}\0`),
      answeredOverPipe: answered,
      title: async () => (await run("xdotool", ["getwindowname", window])).stdout.trim(),
      ended,
      close: async () => {
        app.kill("SIGTERM");
        await ended;
      },
    };
  } catch (error) {
    app.kill("SIGKILL");
    throw error;
  }
}

/** Returns the X server's id of the app's window once it is visible. */
async function windowOf(app: ChildProcess, said: () => string): Promise<string> {
  const stopped = new AbortController();
  const until = Date.now() + startLimitMs;
  // Before it, the title names what is shown, at once if a chat is open again.
  const search = ["search", "--sync", "--onlyvisible", "--name", "R1 Workbench$"];
  app.once("exit", () => stopped.abort());
  for (;;) {
    try {
      const found = await run("xdotool", search, { signal: stopped.signal, timeout: until - Date.now() });
      return found.stdout.trim().split("\n")[0] ?? "";
    } catch (error) {
      // xdotool fails if any window closes while it looks at all of them.
      const isBroken = error instanceof Error && error.message.includes("BadWindow");
      if (isBroken && !stopped.signal.aborted && Date.now() < until) continue;
      throw new Error(`The packaged app opened no window:\n${said()}`, { cause: error });
    }
  }
}

function collect(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return () => text;
}
