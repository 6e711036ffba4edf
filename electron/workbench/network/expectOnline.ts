import { WorkbenchError } from "../../contract/errors.ts";
import type { NetworkState } from "../../contract/network.ts";

/** Throws `offline` if nothing may connect. */
export function expectOnline({ isOffline, isForced }: NetworkState): void {
  if (isOffline) throw new WorkbenchError("offline", isForced ? { case: "forced" } : undefined);
}
