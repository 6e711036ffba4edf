import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { r1Entry } from "./runR1.ts";

/** The r1 command in a real pseudo-terminal, created by `script`, which every Debian and macOS has. */
export class TerminalSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown>;
  #screen = "";
  #watchers: (() => void)[] = [];

  constructor(args: readonly string[], home: string) {
    const command = [process.execPath, r1Entry, ...args].map((part) => `'${part}'`).join(" ");
    const script =
      process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", command] : ["-qec", command, "/dev/null"];
    const env = { ...process.env, R1_WORKBENCH_HOME: home, LC_ALL: "C.UTF-8", TERM: "xterm-256color", COLUMNS: "200" };
    this.#child = spawn("script", script, { env });
    this.#ended = once(this.#child, "close");
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#screen += text;
      for (const watch of this.#watchers) watch();
    });
    this.#child.stdin.on("error", () => undefined);
    void this.#ended.then(() => {
      for (const watch of this.#watchers) watch();
    });
  }

  /** All that the terminal has shown. */
  get screen(): string {
    return this.#screen;
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  /** Resolves once the terminal has shown the text this many times. Rejects if the command ends first. */
  async shows(text: string, times = 1): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const watch = (): void => {
        if (this.#screen.split(text).length > times) resolve();
        else if (this.#child.exitCode !== null)
          reject(new Error(`The command ended without ${text}:\n${this.#screen}`));
      };
      this.#watchers.push(watch);
      watch();
    });
  }

  /** Resolves with the command's exit status once it has ended. */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }
}
