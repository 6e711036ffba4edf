import type { ReplyStats, Thinking } from "../../contract/chats.ts";
import type { EngineOperation, EngineRequests, PromptMessage } from "../../contract/engineProtocol.ts";
import type { GgufFacts, Model } from "../../contract/models.ts";
import type { LiveReply, RunStage } from "../../contract/runs.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { EngineTurns } from "./EngineTurns.ts";
import { samplingFor, type SamplingWishes } from "./sampling.ts";

/** What a reply needs of the other rooms. */
export interface ReplyParts {
  engine: {
    request<Op extends EngineOperation>(
      operation: Op,
      params: EngineRequests[Op]["params"],
      options?: RequestOptions<Op>,
    ): Promise<RequestOutcome<Op>>;
  };
  models: {
    /** The model with this id; for null the default one. Fails with `model-not-found`. */
    choose(modelId: string | null): Promise<Model>;
    /** What the model's file says of itself. */
    facts(model: Model): Promise<GgufFacts>;
    /** Loads the model unless it is loaded. Answers false if it was cancelled. Fails with the load's problem. */
    ensureLoaded(
      model: Model,
      options: { signal: AbortSignal; onProgress: (fraction: number) => void },
    ): Promise<boolean>;
  };
  turns: EngineTurns;
}

export interface ReplyRequest {
  /** Null: the default model. */
  modelId: string | null;
  messages: PromptMessage[];
  thinking: Thinking;
  wishes?: SamplingWishes;
  /** Null: until the model ends or the context is full. */
  maxTokens: number | null;
  signal: AbortSignal;
  onStage: (stage: RunStage) => void;
  onPiece: (part: "thought" | "answer", text: string, live: LiveReply) => void;
  onModel?: (model: Model) => void;
}

export interface WrittenReply {
  outcome: "done" | "stopped";
  /** Null if it was stopped before the first token. */
  stats: ReplyStats | null;
}

/**
 * Waits for the engine's turn, loads the model if need be, and writes one reply. Every token arrives through
 * `onPiece` before this resolves. Being stopped is an outcome; failures are WorkbenchErrors.
 */
export async function writeReply(parts: ReplyParts, request: ReplyRequest): Promise<WrittenReply> {
  const { signal } = request;
  const stopped: WrittenReply = { outcome: "stopped", stats: null };
  try {
    return await parts.turns.take(signal, async () => {
      const model = await parts.models.choose(request.modelId);
      request.onModel?.(model);
      const onProgress = (fraction: number): void => request.onStage({ stage: "loading", fraction });
      if (!(await parts.models.ensureLoaded(model, { signal, onProgress }))) return stopped;
      const reply = await generate(parts, request, await parts.models.facts(model));
      return reply.outcome === "done"
        ? { outcome: "done", stats: reply.value }
        : { outcome: "stopped", stats: reply.value };
    });
  } catch (error) {
    // Stopped while waiting for its turn, or while the engine was already gone.
    if (signal.aborted) return stopped;
    throw error;
  }
}

function generate(parts: ReplyParts, request: ReplyRequest, facts: GgufFacts): Promise<RequestOutcome<"generate">> {
  let part: "thought" | "answer" | null = null;
  const params = {
    messages: request.messages,
    thinking: request.thinking,
    sampling: samplingFor(facts, request.wishes),
    maxTokens: request.maxTokens,
  };
  return parts.engine.request("generate", params, {
    signal: request.signal,
    onEvent(event) {
      if (event.kind === "reading") {
        const { readTokens, promptTokens, cachedTokens } = event;
        request.onStage({ stage: "reading", readTokens, promptTokens, cachedTokens });
        return;
      }
      if (event.part !== part) {
        part = event.part;
        request.onStage({ stage: part === "thought" ? "thinking" : "answering" });
      }
      request.onPiece(event.part, event.text, event.live);
    },
  });
}
