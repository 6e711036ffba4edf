import type { NetworkState } from "../../contract/network.ts";
import { HubFailure } from "../hub/HubFailure.ts";

/** Throws `offline` if nothing may connect. */
export function expectOnline({ isOffline, isForced }: NetworkState): void {
  if (isOffline) throw new HubFailure("offline", isForced ? { case: "forced" } : undefined);
}
