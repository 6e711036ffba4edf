import type { Outcome } from "./errors.ts";
import type { CallInput, CallName, CallResult } from "./calls.ts";
import type { EventName, Events } from "./events.ts";
import type { Model } from "./models.ts";
import type { RunFrame } from "./runs.ts";

/** All that the page can reach outside itself: `window.r1`. Plain data only. */
export interface Bridge {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Outcome<CallResult<Name>>>;
  /** Answers a function that ends the subscription. */
  onEvent(listener: <Name extends EventName>(name: Name, data: Events[Name]) => void): () => void;
  /** Follows a run from a snapshot on; answers a function that lets go (the run goes on). */
  attachRun(runId: string, listener: (frame: RunFrame) => void): () => void;
  /**
   * Links a file that the person dropped on the page (a DOM `File`) where it lies. Its path goes to main and not to the
   * page. Fails with the file's problem, or with `model-file-missing` if it is not on the disk.
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
