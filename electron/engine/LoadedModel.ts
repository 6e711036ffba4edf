import type { LlamaContext, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import { WorkbenchError } from "../contract/errors.ts";
import type { LoadParams, PromptParams } from "../contract/engineProtocol.ts";
import { continuePrompt } from "./prompt/continuePrompt.ts";
import { r1Prompt, r1Tokens } from "./prompt/r1Prompt.ts";
import type { Prompt } from "./prompt/PromptSegment.ts";
import { templatePrompt } from "./prompt/templatePrompt.ts";
import { type TokenizedPrompt, tokenizePrompt } from "./prompt/tokenizePrompt.ts";
import type { Vocabulary } from "./prompt/Vocabulary.ts";
import type { ReadingPace } from "./read/ReadingPace.ts";

/** The one model in memory, with its one context and that context's one sequence. */
export interface LoadedModel {
  readonly params: LoadParams;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly vocabulary: Vocabulary;
  readonly pace: ReadingPace;
}

export interface ReadyPrompt extends TokenizedPrompt, Pick<Prompt, "opensThought" | "answerStart"> {}

/**
 * Resolves with exactly what would be fed to the model for these messages. Rejects with coded errors. Evaluates
 * nothing.
 */
export async function preparePrompt(loaded: LoadedModel, params: PromptParams): Promise<ReadyPrompt> {
  const { soFar, plainText } = params;
  const prompt =
    plainText !== undefined
      ? plainPrompt(plainText)
      : soFar === undefined
        ? buildPrompt(loaded, params)
        : continuePrompt(buildPrompt(loaded, soFar.thought === null ? params : { ...params, thinking: "on" }), soFar);
  const tokenized = await tokenizePrompt(prompt.segments, loaded.vocabulary);
  return { ...tokenized, opensThought: prompt.opensThought, answerStart: prompt.answerStart };
}

const plainPrompt = (text: string): Prompt => ({
  segments: [{ kind: "bos" }, { kind: "format", text }],
  opensThought: false,
  answerStart: "",
});

function buildPrompt(
  { params: { family, chatTemplate }, model, vocabulary }: LoadedModel,
  params: PromptParams,
): Prompt {
  if (family === "r1") {
    for (const spelling of [r1Tokens.user, r1Tokens.assistant]) {
      if (vocabulary.special.has(spelling)) continue;
      throw new WorkbenchError("model-template-failed", { case: "vocabulary", token: spelling });
    }
    return r1Prompt(params);
  }
  if (chatTemplate === null) throw new WorkbenchError("model-not-chat", { case: "noTemplate" });
  const tokens = { bos: model.tokens.bosString ?? "", eos: model.tokens.eosString ?? "" };
  return templatePrompt(chatTemplate, tokens, params);
}
