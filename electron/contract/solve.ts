import { z } from "zod";

export const solveLevels = ["nano", "easy", "medium", "hard"] as const;
/** `nano` is for models as small as R1 Nano: problems of the kinds that it was trained on. */
export type SolveLevel = (typeof solveLevels)[number];
export const solveKinds = ["arithmetic", "counting", "logic", "units"] as const;
export type SolveKind = (typeof solveKinds)[number];

export const mostProblems = 500;

/** The problems that a benchmark has the model solve after its tests. */
export const solveWishSchema = z.object({
  problems: z.number().int().min(1).max(mostProblems),
  /** Left out: `nano` for tiny models, otherwise the three other levels in turns (`mixed`). */
  level: z.enum([...solveLevels, "mixed"]).exactOptional(),
  /** The same seed makes the same problems, and has the model draw the same tokens. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
});
export type SolveWish = z.output<typeof solveWishSchema>;

const intervalSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
/** A figure with the interval that contains the true one with a probability of 95 %. */
export type Interval = z.output<typeof intervalSchema>;

export const solveResultSchema = z.object({
  level: z.enum([...solveLevels, "mixed"]),
  seed: z.number(),
  /** How many were to be asked. Fewer were answered if the benchmark was stopped. */
  wanted: z.number(),
  asked: z.number(),
  right: z.number(),
  /** Share of right answers, with Wilson's interval. */
  share: intervalSchema,
  /** All tokens and seconds, also those of wrong answers, for each right one. Null if none was right. */
  tokensPerRightAnswer: intervalSchema.nullable(),
  secondsPerRightAnswer: intervalSchema.nullable(),
  problems: z.array(
    z.object({
      kind: z.enum(solveKinds),
      level: z.enum(solveLevels),
      right: z.boolean(),
      /** Written tokens, of thought and answer. */
      tokens: z.number(),
      seconds: z.number(),
      /** Whether it ended at the limit of tokens or of the context, not by itself. */
      cut: z.boolean(),
    }),
  ),
});
export type SolveResult = z.output<typeof solveResultSchema>;
export type SolvedProblem = SolveResult["problems"][number];

export interface SolveProgress {
  wanted: number;
  asked: number;
  right: number;
}
