/** @typedef {typeof import("electron")} Modules */

/**
 * Runs a function in the app's main process, in a separate task. It is sent as text, so it can use only Electron and
 * its argument, and nothing from its surroundings. Resolves with what it returns.
 *
 * V8's inspector holds pending results only weakly, so `electron.evaluate` fails at random if memory is collected
 * before the response is sent (microsoft/playwright#33737). Here, the app holds the result.
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
