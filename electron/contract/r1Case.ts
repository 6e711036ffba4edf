/**
 * What R1 does for a typical reply, in tokens: it reads a question with its conversation, then writes a long thought and
 * an answer. The numbers are those of LocalScore's test "complex reasoning" (pp1280+tg3072, localscore.ai). Everything
 * that weighs reading against writing uses them: the benchmark, tuning and the engine's defaults.
 */
export const r1Case = { promptTokens: 1280, generatedTokens: 3072 } as const;

/** Returns the seconds that such a reply takes at these speeds, in tokens per second. */
export function r1CaseSeconds(reading: number, writing: number): number {
  return r1Case.promptTokens / reading + r1Case.generatedTokens / writing;
}
