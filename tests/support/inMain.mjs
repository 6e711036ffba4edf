/** @typedef {typeof import("electron")} Modules */

/**
 * Runs a function in the app's main process, in a turn of its own. It is sent as text: it sees Electron and its
 * argument, and nothing of what is around it. Returns what it returns.
 *
 * V8's inspector holds what it waits for only weakly, so `electron.evaluate` fails by chance where memory is collected
 * before the answer is sent (microsoft/playwright#33737). Here the app holds it.
 * @template Result
 * @template [Argument=undefined]
 * @param {import("@playwright/test").ElectronApplication} electron
 * @param {(modules: Modules, argument: Argument) => Result | Promise<Result>} run
 * @param {Argument} [argument]
 * @returns {Promise<Result>}
 */
export async function inMain(electron, run, argument) {
  return await electron.evaluate(
    (modules, [text, given]) => {
      const answers = (globalThis.answers ??= new Set());
      const turn = new Promise((resolve) => setImmediate(resolve));
      const { runInThisContext } = process.getBuiltinModule("node:vm");
      const result = turn.then(() => runInThisContext(`(${text})`)(modules, given));
      answers.add(result);
      const forget = () => answers.delete(result);
      result.then(forget, forget);
      return result;
    },
    /** @type {const} */ ([String(run), argument]),
  );
}
