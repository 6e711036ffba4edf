import type { MeasureTest } from "./engineProtocol.ts";

/** Returns llama-bench's name of a test: "pp512", "tg128" or "pp1280+tg3072". It does not include the depth. */
export function testName({ promptTokens, generatedTokens }: Omit<MeasureTest, "depth">): string {
  const parts = [promptTokens > 0 ? `pp${promptTokens}` : null, generatedTokens > 0 ? `tg${generatedTokens}` : null];
  return parts.filter((part) => part !== null).join("+");
}
