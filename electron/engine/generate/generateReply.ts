import type { Token } from "node-llama-cpp";
import type { ReplyStats } from "../../contract/chats.ts";
import type { GenerateEvent, GenerateParams } from "../../contract/engineProtocol.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { type LoadedModel, preparePrompt } from "../LoadedModel.ts";
import { r1Tokens } from "../prompt/r1Prompt.ts";
import { readInSlices } from "../read/readInSlices.ts";
import { drawReply } from "./drawReply.ts";
import { ReplyMeter } from "./ReplyMeter.ts";
import { memoryReader } from "./memoryReader.ts";
import { type Piece, ReplyParts } from "./ReplyParts.ts";

export interface GenerateTask {
  params: GenerateParams;
  /** When the request arrived, as given by `performance.now()`. */
  arrivedAt: number;
  /** Aborting ends the reply within one slice while the prompt is read, and within one token after that. */
  signal: AbortSignal;
  /** Aborting ends the thought within one token. The answer follows. */
  skipThought: AbortSignal;
  onEvent: (event: GenerateEvent) => void;
}

/** People cannot read a figure that changes more than four times a second. */
const liveEveryMs = 250;

/**
 * Writes one reply. Resolves with its figures, also if it was stopped. Rejects with `context-exceeded` if the prompt
 * leaves no room for a single token: nothing is ever cut off or shifted out silently.
 */
export async function generateReply(loaded: LoadedModel, task: GenerateTask): Promise<ReplyStats> {
  const { params, signal, onEvent } = task;
  const { model, context, sequence } = loaded;
  const meter = new ReplyMeter(task.arrivedAt - (params.restoreMs ?? 0));
  const prompt = await preparePrompt(loaded, params);
  if (prompt.tokens.length + 1 > context.contextSize) {
    const facts = { case: "prompt", promptTokens: prompt.tokens.length, contextSize: context.contextSize } as const;
    throw new WorkbenchError("context-exceeded", facts);
  }
  const tokens = prompt.tokens as Token[];
  const last = tokens.at(-1);
  if (last === undefined) throw new WorkbenchError("prompt-empty");

  // The last token is always evaluated, because the first new token is sampled from its result.
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  const cachedTokens = sequence.nextTokenIndex;
  meter.startPrefill(tokens.length, cachedTokens);
  const reading = (readTokens: number): void =>
    onEvent({
      kind: "reading",
      readTokens,
      promptTokens: tokens.length,
      cachedTokens,
      tokensPerSecond: meter.readingSpeed(readTokens),
    });
  reading(cachedTokens);
  await readInSlices(loaded, tokens.slice(0, -1), cachedTokens, signal, reading);
  if (signal.aborted) return meter.stats("stopped");

  const parts = new ReplyParts(thoughtMarkers(loaded), detokenizer(loaded), {
    ...prompt,
    // What follows a plain text is text, with the markers that it may have.
    soFar: params.plainText === undefined ? params.soFar : { thought: null, answer: params.plainText },
  });
  const emit = (pieces: Piece[]): void => {
    for (const piece of pieces) onEvent({ kind: "piece", ...piece });
  };
  const readMemory = memoryReader(model.llama);
  const emitLive = (): void => onEvent({ kind: "live", live: { ...meter.live(), memory: readMemory() } });
  // A timer and not the tokens, so that figures are also sent while no token arrives.
  let liveTimer: NodeJS.Timeout | null = null;
  const onPieces = (pieces: Piece[]): void => {
    emit(pieces);
    if (liveTimer !== null || meter.generatedTokens === 0) return;
    liveTimer = setInterval(emitLive, liveEveryMs);
    emitLive();
  };
  try {
    const stopReason = await drawReply(loaded, { ...task, last, parts, meter, onPieces });
    emit(parts.end());
    if (liveTimer !== null) emitLive();
    return meter.stats(stopReason);
  } finally {
    clearInterval(liveTimer ?? undefined);
  }
}

function thoughtMarkers({ vocabulary: { special } }: LoadedModel) {
  return {
    opening: special.get(r1Tokens.thoughtOpening) ?? null,
    closing: special.get(r1Tokens.thoughtClosing) ?? null,
  };
}

function detokenizer({ model }: LoadedModel) {
  return (tokens: number[], before: number[]): string => model.detokenize(tokens as Token[], false, before as Token[]);
}
