import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { launchCommand } from "./launchApp.ts";

export interface PackagedApp {
  processId: number;
  /** What it said on standard error so far. */
  said(): string;
  /** Sends these keys to its window, as xdotool names them. */
  press(...keys: string[]): Promise<void>;
  /** Types text into its window. */
  type(text: string): Promise<void>;
  /** Speaks to it as a debugger would that started it with --remote-debugging-pipe, and tells what it answered. */
  askOverPipe(request: object): void;
  answeredOverPipe(): string;
  /** Ends the app as a system does when it shuts down. */
  close(): Promise<void>;
}

const run = promisify(execFile);
const startLimitMs = 60_000;

/**
 * Starts a packaged app and waits for its window. The package lets nobody look inside, as it must, so Playwright cannot
 * drive it: it is used as a person uses it, with the keyboard of the X server, and judged by what it does.
 */
export async function startPackaged(binary: string, home: string, switches: string[] = []): Promise<PackagedApp> {
  const { sandbox, env } = launchCommand(home);
  const app = spawn(binary, [...sandbox, ...switches], { env, stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
  const ended = once(app, "exit");
  const said = collect(app.stdio[2] as Readable);
  const answered = collect(app.stdio[4] as Readable);
  const toPipe = app.stdio[3] as Writable;
  // Nobody reads the pipe, and at the end it is closed.
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

/** The X server's id of the app's window, once it is to be seen. */
async function windowOf(app: ChildProcess, said: () => string): Promise<string> {
  const stopped = new AbortController();
  const search = run("xdotool", ["search", "--sync", "--onlyvisible", "--name", "^R1 Workbench$"], {
    signal: stopped.signal,
    timeout: startLimitMs,
  });
  app.once("exit", () => stopped.abort());
  try {
    const [id = ""] = (await search).stdout.trim().split("\n");
    return id;
  } catch (error) {
    throw new Error(`The packaged app opened no window:\n${said()}`, { cause: error });
  }
}

function collect(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return () => text;
}
