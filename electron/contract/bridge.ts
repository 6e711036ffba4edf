import type { Outcome } from "./errors.ts";
import type { CallInput, CallName, CallResult } from "./calls.ts";
import type { EventName, Events } from "./events.ts";
import type { Model } from "./models.ts";
import type { RunFrame } from "./runs.ts";

/** Everything outside the page that it can reach: `window.r1`. Accepts and returns plain data only. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Outcome<CallResult<Name>>>;
  /** Subscribes to all events. Returns a function that unsubscribes. */
  onEvent(listener: <Name extends EventName>(name: Name, data: Events[Name]) => void): () => void;
  /**
   * Subscribes to a run's frames, starting with a snapshot. Returns a function that unsubscribes; the run continues.
   */
  attachRun(runId: string, listener: (frame: RunFrame) => void): () => void;
  /**
   * Links a file (a DOM `File`) that the user dropped on the page, without moving it. Its path goes to main and never
   * to the page. Fails with the file's problem, or with `model-file-missing` if it is not on the disk.
   */
  importFile(file: object): Promise<Outcome<Model>>;
}

/** The only channel names in the app. */
export const channels = {
  call: "r1:call",
  event: "r1:event",
  attachRun: "r1:attach-run",
  importFile: "r1:import-file",
} as const;
