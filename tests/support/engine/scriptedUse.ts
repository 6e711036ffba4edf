import type { Engines } from "../../../electron/workbench/engines/openEngines.ts";
import type { LocalSession } from "../../../electron/workbench/engines/Session.ts";

/** Returns an `engines.use` that never waits for a turn and uses the test's own session. */
export function scriptedUse(session: LocalSession): Engines["use"] {
  return async (_model, _purpose, signal, work) => {
    try {
      return await work(session, () => true);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  };
}
