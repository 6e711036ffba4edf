import { randomInt } from "node:crypto";
import type { LlamaGrammarEvaluationState, Token } from "node-llama-cpp";
import type { StopReason, ThoughtCut } from "../../contract/chats.ts";
import type { GenerateParams } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { LoadedModel } from "../LoadedModel.ts";
import { r1Tokens } from "../prompt/r1Prompt.ts";
import { LoopDetector } from "./LoopDetector.ts";
import type { ReplyMeter } from "./ReplyMeter.ts";
import type { Piece, ReplyParts } from "./ReplyParts.ts";

export interface DrawTask {
  params: GenerateParams;
  /** The prompt's last token, which is not evaluated yet. */
  last: Token;
  parts: ReplyParts;
  meter: ReplyMeter;
  /** Aborting ends the reply within one token. */
  signal: AbortSignal;
  /** Aborting ends the thought within one token. The answer follows. */
  skipThought: AbortSignal;
  onPieces: (pieces: Piece[]) => void;
}

/**
 * Without top-k, the library sorts the whole vocabulary: 60 ms per token for 152,000 entries, compared with 3.4 ms with
 * this value. The 95 % that top-p keeps are among the first thousand, so this does not change the result.
 */
const asGoodAsNoTopK = 1024;

const noLimit = { tokens: null, ms: null };

/** Draws the reply's tokens after a prompt that was read. Resolves with why it ended. */
export async function drawReply(loaded: LoadedModel, task: DrawTask): Promise<StopReason> {
  const { params, parts, meter, signal, skipThought, onPieces } = task;
  const { model, context, sequence } = loaded;
  if (params.maxTokens !== null && params.maxTokens <= 0) return "maxTokens";
  const { temperature, topP, topK, minP, seed } = params.sampling;
  const options = {
    temperature,
    topP,
    topK: topK > 0 ? topK : asGoodAsNoTopK,
    minP,
    // The library's default seed is the current second, so two attempts within it would give the same reply.
    seed: seed ?? randomInt(2 ** 31),
    yieldEogToken: true,
    contextShift: { strategy: refuseShift },
  };
  const turnStart = loaded.params.family === "r1" ? loaded.vocabulary.special.get(r1Tokens.user) : undefined;
  const loops = new LoopDetector();
  const form = params.grammar === undefined ? null : await grammarState(loaded, params.grammar);
  let unread: Token[] = [task.last];
  let isBound = form !== null && parts.part === "answer";
  for (;;) {
    const cut = thoughtCut();
    if (cut !== null) {
      meter.cutThought(cut);
      const closing = closingTokens(loaded, parts);
      if (sequence.nextTokenIndex + unread.length + closing.length >= context.contextSize) return "context";
      for (const token of closing) onPieces(parts.take(token));
      unread.push(...closing);
    }
    if (form !== null && !isBound && parts.part === "answer") {
      // R1 puts an empty line after its thought, which the grammar would not let it write.
      unread.push(...(loaded.vocabulary.tokenizeText("\n\n") as Token[]));
      isBound = true;
      if (sequence.nextTokenIndex + unread.length >= context.contextSize) return "context";
    }
    const drawn = await drawUntilCut(unread);
    if (typeof drawn === "string") return drawn;
    unread = [drawn.last];
  }

  /** Returns why the thought is to end now, or null. */
  function thoughtCut(): ThoughtCut | null {
    if (parts.part !== "thought") return null;
    if (skipThought.aborted) return "skipped";
    const { tokens, ms } = params.thoughtLimit ?? noLimit;
    if (tokens !== null && meter.thoughtTokens >= tokens) return "tokens";
    return ms !== null && meter.thoughtMs >= ms ? "time" : null;
  }

  /** Returns why the reply ended, or the last token if its thought is to end or has ended and a grammar follows. */
  async function drawUntilCut(input: Token[]): Promise<StopReason | { last: Token }> {
    const bound = isBound && form !== null ? { ...options, grammarEvaluationState: form } : options;
    for await (const token of sequence.evaluate(input, bound)) {
      // If the model starts to write the user's next turn, its own turn has ended.
      if (model.isEogToken(token) || token === turnStart) return "end";
      const before = parts.part;
      const pieces = parts.take(token);
      // A closing marker still counts as part of the thought.
      meter.token(before === "thought" ? before : parts.part);
      loops.add(token);
      meter.isRepeating = loops.isRepeating;
      onPieces(pieces);
      if (signal.aborted) return "stopped";
      if (params.maxTokens !== null && meter.generatedTokens >= params.maxTokens) return "maxTokens";
      if (sequence.nextTokenIndex + 1 >= context.contextSize) return "context";
      if (thoughtCut() !== null || (form !== null && !isBound && parts.part === "answer")) return { last: token };
    }
    return "end";
  }
}

async function grammarState({ model }: LoadedModel, grammar: string): Promise<LlamaGrammarEvaluationState> {
  const { LlamaGrammarEvaluationState } = await import("../llamaLibrary.ts");
  return new LlamaGrammarEvaluationState({ model, grammar: await model.llama.createGrammar({ grammar }) });
}

/** Returns the tokens that end a thought as the model itself does: on a line of its own. */
function closingTokens({ vocabulary }: LoadedModel, parts: ReplyParts): Token[] {
  const marker = vocabulary.special.get(r1Tokens.thoughtClosing);
  const lineBreak = parts.endsWithLineBreak ? [] : vocabulary.tokenizeText("\n");
  return [
    ...lineBreak,
    ...(marker === undefined ? vocabulary.tokenizeText(r1Tokens.thoughtClosing) : [marker]),
  ] as Token[];
}

function refuseShift(): never {
  throw new WorkbenchError("context-exceeded");
}
