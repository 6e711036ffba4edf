import type { Outcome } from "./errors.ts";
import type { CallInput, CallName, CallResult } from "./calls.ts";
import type { EventName, Events } from "./events.ts";
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
   * Opens a file (a DOM `File`) that the user dropped on the page: the main window shows what it is and offers to import
   * it. Its path goes from the preload to main. Fails with `model-file-missing` if it is not on the disk.
   */
  importFile(file: object): Promise<Outcome<null>>;
  /**
   * Attaches files (DOM `File`s) that the user dropped or pasted to the draft of a chat; null stands for the chat that the
   * next message starts. Fails with `document-unreadable` if one is not on the disk, or with `documents-too-many`.
   */
  attachFiles(files: readonly object[], chatId: string | null): Promise<Outcome<null>>;
}

/** The only channel names in the app. */
export const channels = {
  call: "r1:call",
  event: "r1:event",
  attachRun: "r1:attach-run",
  importFile: "r1:import-file",
  attachFiles: "r1:attach-files",
} as const;
