import type { Token } from "node-llama-cpp";
import type { EngineRequests, GreedyParams } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { type LoadedModel, preparePrompt } from "../LoadedModel.ts";

/**
 * Resolves with the tokens that the model finds most likely, one after another, or null if `signal` cancelled it.
 * Rejects with `context-exceeded` if the prompt and tokens do not fit. Leaves the context empty.
 */
export async function greedyTokens(
  loaded: LoadedModel,
  params: GreedyParams,
  signal: AbortSignal,
): Promise<EngineRequests["greedy"]["result"] | null> {
  const { context, sequence, model } = loaded;
  const prompt = (await preparePrompt(loaded, params.prompt)).tokens as Token[];
  const last = prompt.at(-1);
  if (last === undefined) throw new WorkbenchError("prompt-empty");
  if (prompt.length + params.tokens > context.contextSize) throw new WorkbenchError("context-exceeded");
  if (params.tokens === 0) return { promptTokens: prompt.length, tokens: [] };
  await sequence.clearHistory();
  try {
    for (let at = 0; at < prompt.length - 1; at += context.batchSize) {
      if (signal.aborted) return null;
      const end = Math.min(at + context.batchSize, prompt.length - 1);
      await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, end));
    }
    const tokens: Token[] = [];
    for await (const token of sequence.evaluate([last], { temperature: 0, yieldEogToken: true })) {
      if (signal.aborted) return null;
      tokens.push(token);
      if (tokens.length >= params.tokens || model.isEogToken(token)) break;
    }
    return { promptTokens: prompt.length, tokens };
  } finally {
    await sequence.clearHistory();
  }
}
