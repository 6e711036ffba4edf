import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { basename, dirname, join } from "node:path";
import { spawnChild } from "../children/spawnChild.ts";
import type { HostMessage, HostReport } from "./hostProtocol.ts";

export interface WorkerHost {
  /** The Node binary that comes with the app. */
  nodePath: string;
  /** The built `workerHost.mjs`. The workers that it runs lie beside it, where a plain Node process can read them. */
  entry: string;
}

/**
 * A worker thread in a plain Node process of its own, used like a `Worker`. For native code that the process of the
 * workbench cannot load. What is sent must be JSON.
 */
export class HostedWorker extends EventEmitter<{ message: [never]; error: [Error]; exit: [] }> {
  readonly #child: ChildProcess;
  #lastWords = "";
  /** Whether it ends on request, or it was said why it ends. */
  #isExpected = false;

  /** The data is sent where other programs cannot see it, unlike the environment. */
  constructor(path: string, host: WorkerHost, { workerData, env }: { workerData?: unknown; env: NodeJS.ProcessEnv }) {
    super();
    this.#child = spawnChild(host.nodePath, [host.entry], {
      env,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-lastWordsChars);
    });
    this.#child.on("message", (report: HostReport) => {
      if (report.type === "message") this.emit("message", report.message as never);
      else if (report.type === "error") this.#fail(new Error(report.message));
    });
    this.#child.on("error", (error) => this.#fail(error));
    this.#child.on("close", (code, signal) => {
      if (code !== 0) this.#fail(new Error(`${signal ?? code}: ${this.#lastWords}`.trim()));
      this.emit("exit");
    });
    this.#send({ type: "start", path: join(dirname(host.entry), basename(path)), workerData });
  }

  postMessage(message: unknown): void {
    this.#send({ type: "message", message });
  }

  /** Resolves once the process has ended. */
  async terminate(): Promise<void> {
    this.#isExpected = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const ended = new Promise((resolve) => this.once("exit", () => resolve(undefined)));
    this.#child.kill("SIGKILL");
    await ended;
  }

  #fail(error: Error): void {
    if (this.#isExpected) return;
    this.#isExpected = true;
    this.emit("error", error);
  }

  #send(message: HostMessage): void {
    // A failure means that it has ended, which "close" tells.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

const lastWordsChars = 2000;
