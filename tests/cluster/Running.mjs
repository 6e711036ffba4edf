import { spawn } from "node:child_process";

/** A program that runs, with what it has written so far. */
export class Running {
  /** @type {import("node:child_process").ChildProcess} */
  child;
  stdout = "";
  stderr = "";
  /** @type {(() => void)[]} */
  #waiting = [];
  /** @type {Promise<string>} how it ended */
  ended;

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env]
   */
  constructor(program, args, env = process.env) {
    this.child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout?.setEncoding("utf8").on("data", (text) => {
      this.stdout += text;
      this.#look();
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text) => {
      this.stderr += text;
      this.#look();
    });
    this.ended = new Promise((resolve) => {
      this.child.on("error", (error) => resolve(error.message));
      this.child.on("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    void this.ended.then(() => this.#look());
  }

  get isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Resolves once `found` is true of what was written. Rejects if the program ends before, or after `limitMs`.
   * @param {(running: Running) => boolean} found
   */
  async until(found, limitMs = 120_000) {
    const deadline = Date.now() + limitMs;
    while (!found(this)) {
      if (!this.isRunning) throw new Error(`It ended before (${await this.ended}):\n${this.stderr.slice(-2000)}`);
      if (Date.now() > deadline) throw new Error(`Nothing after ${limitMs / 1000} s:\n${this.stderr.slice(-2000)}`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, 1000, null);
        this.#waiting.push(() => resolve(clearTimeout(timer)));
      });
    }
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    this.child.kill(signal);
    return this.ended;
  }

  #look() {
    for (const look of this.#waiting.splice(0)) look();
  }
}
