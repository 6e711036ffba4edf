import type { ElectronApplication } from "@playwright/test";

type Modules = typeof import("electron");

/**
 * Runs a function in the app's main process, in a turn of its own. It is sent as text: it sees Electron and its argument,
 * and nothing of the test around it. Returns what it returns.
 *
 * V8's inspector holds what it waits for only weakly, so `electron.evaluate` fails by chance where memory is collected
 * before the answer is sent (microsoft/playwright#33737). Here the app holds it.
 */
export async function inMain<Result, Argument = undefined>(
  electron: ElectronApplication,
  run: (modules: Modules, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> {
  const answer = await electron.evaluate(
    (modules, [text, given]) => {
      const holder = globalThis as unknown as { answers?: Set<Promise<unknown>> };
      const answers = (holder.answers ??= new Set());
      const turn = new Promise((resolve) => setImmediate(resolve));
      const { runInThisContext } = process.getBuiltinModule("node:vm");
      const result = turn.then(() => (runInThisContext(`(${text})`) as (...all: unknown[]) => unknown)(modules, given));
      answers.add(result);
      const forget = () => answers.delete(result);
      result.then(forget, forget);
      return result;
    },
    [String(run), argument] as const,
  );
  return answer as Result;
}
