import type { LiveRun } from "../../stores/runs.ts";

/** Returns how many tokens a reply uses so far, with its prompt. Null until the prompt has been counted. */
export function usedByRun({ live, stage }: Pick<LiveRun, "live" | "stage">): number | null {
  if (live.promptTokens > 0) return live.promptTokens + live.thoughtTokens + live.answerTokens;
  return stage.stage === "reading" ? stage.promptTokens : null;
}
