import type { Token } from "node-llama-cpp";
import type { ReadAheadParams, ReadAheadResult } from "../../contract/engineProtocol.ts";
import { type LoadedModel, preparePrompt } from "../LoadedModel.ts";
import { readInSlices } from "./readInSlices.ts";

/** Two questions that share no token, to find out where a prompt begins to depend on the question. */
const questions = ["0", "a"] as const;

/**
 * Reads what the next prompt of a chat will begin with, whatever is asked: the messages without thoughts, as the
 * template writes them. Stops within one slice when `signal` aborts; what was read stays. Reads nothing if there would
 * be no room for a question.
 */
export async function readAhead(
  loaded: LoadedModel,
  params: ReadAheadParams,
  signal: AbortSignal,
): Promise<ReadAheadResult> {
  const { sequence, context } = loaded;
  const tokens = await nextPromptStart(loaded, params);
  if (signal.aborted || tokens.length + 1 >= context.contextSize) {
    return { promptTokens: tokens.length, readTokens: 0, complete: false };
  }
  await sequence.adaptStateToTokens(tokens, false);
  const from = sequence.nextTokenIndex;
  const complete = await readInSlices(loaded, tokens, from, signal);
  return { promptTokens: tokens.length, readTokens: sequence.nextTokenIndex - from, complete };
}

/** Resolves with the tokens up to the last special one before the next question, whose neighbours could merge with it. */
async function nextPromptStart(loaded: LoadedModel, { messages, thinking }: ReadAheadParams): Promise<Token[]> {
  const ask = async (content: string): Promise<number[]> =>
    (await preparePrompt(loaded, { messages: [...messages, { role: "user", content }], thinking })).tokens;
  const [one, other] = [await ask(questions[0]), await ask(questions[1])];
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  const special = new Set(loaded.vocabulary.special.values());
  const last = one.slice(0, shared).findLastIndex((token) => special.has(token));
  return one.slice(0, last + 1) as Token[];
}
