import { type ServerBenchmarkPlan, serverBenchmarkPlanSchema } from "../../../electron/contract/serverBenchmark.ts";
import type { ServerPlanFields } from "../../stores/serverBenchmark.ts";

/** Returns what was typed as a plan, or null if it is none. */
export function serverPlan(fields: ServerPlanFields): ServerBenchmarkPlan | null {
  const number = (text: string): number => (/^\s*\d{1,7}\s*$/.test(text) ? Number(text) : Number.NaN);
  const plan = serverBenchmarkPlanSchema.safeParse({
    promptTokens: number(fields.promptTokens),
    writtenTokens: number(fields.writtenTokens),
    repeats: number(fields.repeats),
  });
  return plan.success ? plan.data : null;
}
