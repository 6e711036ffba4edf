export const leastServerTokens = 16;
export const mostServerPromptTokens = 32_768;
export const mostServerWrittenTokens = 4096;
export const mostServerRepeats = 50;

/** How often a server's model is asked, how much it reads each time, and how much it may write. */
export interface ServerBenchmarkPlan {
  promptTokens: number;
  writtenTokens: number;
  repeats: number;
}

export const usualServerPlan: ServerBenchmarkPlan = { promptTokens: 512, writtenTokens: 128, repeats: 5 };

/** The request before the timed ones: it has the model loaded, and shows how the server counts. */
export const serverWarmUp = { promptTokens: 128, writtenTokens: 16 } as const;

/** Returns how often a server will be asked, and for how many tokens about, because it may charge for them. */
export function askedOfServer({ promptTokens, writtenTokens, repeats }: ServerBenchmarkPlan) {
  return {
    requests: repeats + 1,
    promptTokens: promptTokens * repeats + serverWarmUp.promptTokens,
    writtenTokens: writtenTokens * repeats + serverWarmUp.writtenTokens,
  };
}
