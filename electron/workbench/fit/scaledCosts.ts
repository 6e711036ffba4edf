import type { MachineCosts } from "./MachineCosts.ts";

/** Returns the costs multiplied by a factor. */
export function scaledCosts(costs: MachineCosts, factor: number): MachineCosts {
  const types = Object.entries(costs.types).map(([name, { generateSecondsPerByte, readSecondsPerWeight }]) => [
    name,
    {
      generateSecondsPerByte: generateSecondsPerByte * factor,
      readSecondsPerWeight: readSecondsPerWeight * factor,
    },
  ]);
  return {
    ...costs,
    types: Object.fromEntries(types) as MachineCosts["types"],
    tokenSeconds: costs.tokenSeconds * factor,
    layerSeconds: costs.layerSeconds * factor,
    logitSeconds: costs.logitSeconds * factor,
    attentionGenerateSeconds: costs.attentionGenerateSeconds * factor,
    attentionReadSeconds: costs.attentionReadSeconds * factor,
  };
}
