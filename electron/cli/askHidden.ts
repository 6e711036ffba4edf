import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * Asks for a line on the terminal, on stderr, without showing what is typed. Resolves with null if there is no terminal, or
 * no line is typed. Ctrl+C interrupts the command as usual.
 */
export async function askHidden(question: string, signal: AbortSignal): Promise<string | null> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY || signal.aborted) return null;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // With `terminal`, readline turns off the terminal's own echo, and its own goes nowhere.
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  stderr.write(question);
  try {
    return await new Promise((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(null));
      lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
      signal.addEventListener("abort", () => lines.close(), { once: true });
    });
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
