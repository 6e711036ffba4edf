import type { EventName, Events } from "../contract/events.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Terminal } from "./Terminal.ts";

/** Called with the workbench's events, by their names. */
export type EventListeners = { [Name in EventName]?: (data: Events[Name]) => void };

/** What a command is run with. */
export interface CommandRun {
  terminal: Terminal;
  /** Aborted when the command is cancelled, or when nothing more can be written to stdout. */
  cancelling: AbortSignal;
  open: (listeners?: EventListeners) => Promise<Workbench>;
}
