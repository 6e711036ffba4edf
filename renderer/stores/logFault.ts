import type { CallInput } from "../../electron/contract/calls.ts";
import { newFaultId } from "../../electron/contract/faultId.ts";

const maxChars = 20_000;

interface LogDoor {
  call: (name: "shell.logFault", input: CallInput<"shell.logFault">) => Promise<unknown>;
}

/** Sends what went wrong in the page to the log. Returns the id that it has there. */
export function logFault(door: LogDoor, text: string): string {
  const faultId = newFaultId();
  // Without a door there is no log either.
  door.call("shell.logFault", { faultId, text: text.slice(0, maxChars) }).catch(() => undefined);
  return faultId;
}
