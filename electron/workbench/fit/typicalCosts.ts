import type { MachineCosts } from "./MachineCosts.ts";
import { scaledCosts } from "./scaledCosts.ts";

/** Approximately those of one thread of the machine in docs/prediction.md. */
const oneThread: MachineCosts = {
  threads: 1,
  types: { Q4_K: { generateSecondsPerByte: 8.5e-11, readSecondsPerWeight: 2.8e-11 } },
  tokenSeconds: 1e-3,
  layerSeconds: 4e-5,
  logitSeconds: 2.5e-9,
  attentionGenerateSeconds: 2e-10,
  attentionReadSeconds: 6e-11,
  spread: 0.1,
  estimated: 0,
};

/** Returns the approximate costs of a current CPU with this many threads, for machines too slow to be measured. */
export function typicalCosts(threads: number): MachineCosts {
  return { ...scaledCosts(oneThread, 1 / threads ** 0.8), threads };
}
