import {
  leastServerTokens,
  mostServerPromptTokens,
  mostServerRepeats,
  mostServerWrittenTokens,
  type ServerBenchmarkPlan,
} from "../../../electron/contract/serverBenchmarkPlan.ts";
import type { ServerPlanFields } from "../../stores/serverBenchmark.ts";

/** Returns what was typed as a plan, or null if it is none. */
export function serverPlan(fields: ServerPlanFields): ServerBenchmarkPlan | null {
  const promptTokens = numberIn(fields.promptTokens, leastServerTokens, mostServerPromptTokens);
  const writtenTokens = numberIn(fields.writtenTokens, leastServerTokens, mostServerWrittenTokens);
  const repeats = numberIn(fields.repeats, 1, mostServerRepeats);
  return promptTokens === null || writtenTokens === null || repeats === null
    ? null
    : { promptTokens, writtenTokens, repeats };
}

function numberIn(text: string, least: number, most: number): number | null {
  const number = /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0;
  return number >= least && number <= most ? number : null;
}
