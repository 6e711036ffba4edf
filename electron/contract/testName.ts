import type { MeasureTest } from "./engineProtocol.ts";

/** A test's name as llama-bench writes it: "pp512", "tg128" or "pp1280+tg3072". The depth is not in it. */
export function testName({ promptTokens, generatedTokens }: Omit<MeasureTest, "depth">): string {
  const parts = [promptTokens > 0 ? `pp${promptTokens}` : null, generatedTokens > 0 ? `tg${generatedTokens}` : null];
  return parts.filter((part) => part !== null).join("+");
}
