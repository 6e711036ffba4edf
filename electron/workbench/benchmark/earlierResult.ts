import { z } from "zod";
import { benchmarkResultSchema } from "../../contract/benchmark.ts";

/** The fields of a version 1 result that were sentences: why a test was left out and why the result was noisy. */
const sentencesSchema = z.looseObject({
  leftOut: z.array(z.looseObject({ message: z.string() })),
  noise: z.looseObject({ reasons: z.array(z.object({ kind: z.string(), message: z.string() })) }),
});

/** Reads a version 1 result. Its sentences are stored and shown unchanged. */
export const earlierResultSchema = z.preprocess((stored) => {
  const { success, data } = sentencesSchema.safeParse(stored);
  if (!success) return stored;
  const { leftOut, noise } = data;
  return {
    ...data,
    leftOut: leftOut.map(({ message, ...test }) => ({
      ...test,
      reason: { code: "told-earlier", facts: { sentence: message } },
    })),
    noise: {
      ...noise,
      reasons: noise.reasons.map(({ kind, message }) => ({
        code: "told-earlier",
        facts: { about: kind, sentence: message },
      })),
    },
  };
}, benchmarkResultSchema);
