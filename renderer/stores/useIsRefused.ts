import type { Model } from "../../electron/contract/models.ts";
import { leavesThisMachine } from "../../electron/contract/modelKinds.ts";
import { useNetwork } from "./useStores.ts";

/** Returns a function that tells whether a model cannot be used because it is elsewhere and Offline is on. */
export function useIsRefused(): (model: Pick<Model, "source">) => boolean {
  const isOffline = useNetwork(({ network }) => network?.isOffline === true);
  return (model) => isOffline && leavesThisMachine(model);
}
