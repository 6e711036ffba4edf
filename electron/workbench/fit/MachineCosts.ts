import { z } from "zod";

const seconds = z.number().nonnegative();

/** What one tensor type costs on a machine, with all its threads together. */
const typeCostSchema = z.object({
  /** Per byte of a matrix that one token is multiplied with: reading it from memory or computing, whichever is longer. */
  generateSecondsPerByte: seconds,
  /** Per weight and token, of many tokens at once. */
  readSecondsPerWeight: seconds,
});
export type TypeCost = z.infer<typeof typeCostSchema>;

/** What evaluating costs on a machine at a number of threads, as measured on small models: see docs/prediction.md. */
export const machineCostsSchema = z.object({
  threads: z.number().int().positive(),
  /** By the type's name. Those that are not here are estimated from their neighbours. */
  types: z.record(z.string(), typeCostSchema),
  /** Per evaluation: handing it to the engine's thread and back. */
  tokenSeconds: seconds,
  /** Per layer and evaluation: waiting for each other, and starting each operation. */
  layerSeconds: seconds,
  /** Per token of the vocabulary and evaluation: handing out the logits and choosing one. */
  logitSeconds: seconds,
  /** Per token in the context, head and element of its key and value, for one token that is generated or read. */
  attentionGenerateSeconds: seconds,
  attentionReadSeconds: seconds,
  /** How far the trials' runs lay apart, as a share of their median. */
  spread: z.number().nonnegative(),
  /** Standard deviation of the logarithm of all costs together, where too few trials ended in time; 0: they did. */
  estimated: z.number().nonnegative(),
});
export type MachineCosts = z.infer<typeof machineCostsSchema>;
