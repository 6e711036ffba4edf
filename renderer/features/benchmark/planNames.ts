import type { BenchmarkPlan } from "../../../electron/contract/benchmark.ts";

export const planNames: Record<BenchmarkPlan["kind"], string> = {
  standard: "Standard",
  quick: "Quick",
  custom: "Custom",
};
