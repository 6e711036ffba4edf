import { z } from "zod";

const seconds = z.number().nonnegative();

/** The costs of one tensor type on a machine, using all its threads. */
const typeCostSchema = z.object({
  /**
   * Per byte of a matrix that one token is multiplied with: the time to read it from memory or to compute with it,
   * whichever is longer.
   */
  generateSecondsPerByte: seconds,
  /** Per weight and token, when many tokens are evaluated at once. */
  readSecondsPerWeight: seconds,
});
export type TypeCost = z.infer<typeof typeCostSchema>;

/**
 * The costs of evaluation on a machine with a number of threads, measured with small models; see docs/prediction.md.
 */
export const machineCostsSchema = z.object({
  threads: z.number().int().positive(),
  /** By the type's name. Missing types are estimated from similar ones. */
  types: z.record(z.string(), typeCostSchema),
  /** Types that the processor repacks, which costs less per weight. Left out on a graphics card. */
  repacked: z.array(z.string()).exactOptional(),
  /** Per evaluation: passing it to the engine's thread and back. */
  tokenSeconds: seconds,
  /** Per layer and evaluation: synchronizing the threads and starting each operation. */
  layerSeconds: seconds,
  /** Per token of the vocabulary and evaluation: returning the logits and sampling. */
  logitSeconds: seconds,
  /** Per token in the context, head and element of its key and value, for one token that is generated or read. */
  attentionGenerateSeconds: seconds,
  attentionReadSeconds: seconds,
  /** The spread of the trials' runs, relative to their median. */
  spread: z.number().nonnegative(),
  /**
   * Standard deviation of the logarithm of all costs together, if too few trials were completed in time. 0 otherwise.
   */
  estimated: z.number().nonnegative(),
});
export type MachineCosts = z.infer<typeof machineCostsSchema>;
