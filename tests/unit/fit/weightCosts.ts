import type { MachineCosts } from "../../../electron/workbench/fit/MachineCosts.ts";

/** Returns the costs of a machine that needs time for weights only. */
export const weightCosts = (types: MachineCosts["types"]): MachineCosts => ({
  threads: 2,
  types,
  tokenSeconds: 0,
  layerSeconds: 0,
  logitSeconds: 0,
  attentionGenerateSeconds: 0,
  attentionReadSeconds: 0,
  spread: 0,
  estimated: 0,
});
