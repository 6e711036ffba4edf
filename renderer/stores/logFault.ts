import type { Bridge } from "../../electron/contract/bridge.ts";
import { newFaultId } from "../../electron/contract/faultId.ts";

const maxChars = 20_000;

/** Sends what went wrong in the page to the log. Returns the id that it has there. */
export function logFault(bridge: Pick<Bridge, "call">, text: string): string {
  const faultId = newFaultId();
  // Without a door there is no log either.
  bridge.call("shell.logFault", { faultId, text: text.slice(0, maxChars) }).catch(() => undefined);
  return faultId;
}
