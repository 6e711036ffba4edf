import type { CallInput } from "../../electron/contract/calls.ts";
import { newFaultId } from "../../electron/contract/faultId.ts";

const maxChars = 20_000;

interface LogDoor {
  call: (name: "shell.logFault", input: CallInput<"shell.logFault">) => Promise<unknown>;
}

/** Sends an error in the page to the log. Returns its id in the log. */
export function logFault(door: LogDoor, text: string): string {
  const faultId = newFaultId();
  // If the call fails, there is no log to report it to.
  door.call("shell.logFault", { faultId, text: text.slice(0, maxChars) }).catch(() => undefined);
  return faultId;
}
