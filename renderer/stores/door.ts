import type { Bridge } from "../../electron/contract/bridge.ts";
import type { CallFunction } from "../../electron/contract/calls.ts";
import { type Outcome, type Problem, toError, toProblem } from "../../electron/contract/errors.ts";
import type { EventName, Events } from "../../electron/contract/events.ts";
import { logFault } from "./logFault.ts";

/** All that a store has access to: the bridge, with failures thrown instead of returned. */
export interface Door {
  call: CallFunction;
  onEvent: Bridge["onEvent"];
  attachRun: Bridge["attachRun"];
  /** Does something, and resolves once the calls that it made have been answered. */
  allAnswered: (work: () => void) => Promise<void>;
  /** Same as in the bridge, but throws its failure. */
  importFile: (file: File) => Promise<null>;
  /** The same for files that are attached to the draft of a chat. */
  attachFiles: (files: readonly File[], chatId: string | null) => Promise<null>;
  /** Returns a failure as it is shown. An unexpected one is sent to the log and shown with its id there. */
  problem: (error: unknown) => Problem;
}

export function openDoor(bridge: Bridge): Door {
  const watched = new Set<Promise<unknown>[]>();
  return {
    call: async (name, input) => {
      const answer = bridge.call(name, input);
      for (const calls of watched) calls.push(answer);
      return valueOf(await answer);
    },
    allAnswered: async (work) => {
      const calls: Promise<unknown>[] = [];
      watched.add(calls);
      work();
      watched.delete(calls);
      await Promise.allSettled(calls);
    },
    onEvent: (listener) => bridge.onEvent(listener),
    attachRun: (runId, listener) => bridge.attachRun(runId, listener),
    importFile: async (file) => valueOf(await bridge.importFile(file)),
    attachFiles: async (files, chatId) => valueOf(await bridge.attachFiles(files, chatId)),
    problem: (error) => {
      const problem = toProblem(error);
      const { code, detail = "", faultId } = problem;
      if (code !== "internal" || faultId !== undefined) return problem;
      const id = logFault(bridge, detail);
      return { code, facts: { faultId: id }, faultId: id };
    },
  };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  throw toError(outcome.error);
}

/** Subscribes to one event by name. Returns a function that unsubscribes. */
export function onNamed<Name extends EventName>(
  door: Pick<Door, "onEvent">,
  wanted: Name,
  listener: (data: Events[Name]) => void,
): () => void {
  return door.onEvent((name: EventName, data) => {
    // The bridge pairs each name with its data; the compiler cannot infer that from the comparison.
    if (name === wanted) listener(data as unknown as Events[Name]);
  });
}
