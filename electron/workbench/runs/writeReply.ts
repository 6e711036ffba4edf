import type { ReplyStats, Thinking } from "../../contract/chats.ts";
import type { EngineOperation, EngineRequests, PromptMessage, Sampling } from "../../contract/engineProtocol.ts";
import type { GgufFacts, Model, ModelChoices } from "../../contract/models.ts";
import { type Problem, toProblem } from "../../contract/errors.ts";
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
    /** The model that answers where this one was chosen; null: none was. Fails with `model-not-found`. */
    answering(chosen: string | null): Promise<Model>;
    /** What the model's file says of itself. */
    facts(model: Model): Promise<GgufFacts>;
    /** Loads the model unless it is loaded. Answers false if it was cancelled. Fails with the load's problem. */
    ensureLoaded(
      model: Model,
      options: { signal: AbortSignal; onProgress: (fraction: number) => void },
    ): Promise<boolean>;
    /** The person's choices for this model. */
    choices(model: Model): Promise<ModelChoices>;
    /** Keeps the model from being unloaded or deleted while `work` runs. */
    keepInUse<Result>(model: Model, work: () => Promise<Result>): Promise<Result>;
    /** To be told of each reply that came to an end. */
    replied(model: Model, stats: ReplyStats): Promise<void>;
    /** To be told when a reply failed in the engine. */
    failed(model: Model, problem: Problem): Promise<void>;
  };
  turns: EngineTurns;
}

export interface ReplyRequest {
  /** Null, or gone from this machine: the model that answers new chats. */
  modelId: string | null;
  messages: PromptMessage[];
  thinking: Thinking;
  wishes?: SamplingWishes;
  /** Null: until the model ends or the context is full. */
  maxTokens: number | null;
  signal: AbortSignal;
  onStage: (stage: RunStage) => void;
  onPiece: (part: "thought" | "answer", text: string) => void;
  onLive?: (live: LiveReply) => void;
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
      const model = await parts.models.answering(request.modelId);
      request.onModel?.(model);
      return await parts.models.keepInUse(model, async () => {
        const onProgress = (fraction: number): void => request.onStage({ stage: "loading", fraction });
        if (!(await parts.models.ensureLoaded(model, { signal, onProgress }))) return stopped;
        return await generate(parts, request, model);
      });
    });
  } catch (error) {
    // Stopped while waiting for its turn, or while the engine was already gone.
    if (signal.aborted) return stopped;
    throw error;
  }
}

async function generate(parts: ReplyParts, request: ReplyRequest, model: Model): Promise<WrittenReply> {
  const [facts, choices] = await Promise.all([parts.models.facts(model), parts.models.choices(model)]);
  try {
    const { outcome, value } = await requestReply(parts, request, samplingFor(facts, request.wishes, choices));
    if (value !== null) await parts.models.replied(model, value);
    return { outcome: outcome === "done" ? "done" : "stopped", stats: value };
  } catch (error) {
    await parts.models.failed(model, toProblem(error));
    throw error;
  }
}

function requestReply(
  parts: ReplyParts,
  request: ReplyRequest,
  sampling: Sampling,
): Promise<RequestOutcome<"generate">> {
  let part: "thought" | "answer" | null = null;
  const params = {
    messages: request.messages,
    thinking: request.thinking,
    sampling,
    maxTokens: request.maxTokens,
  };
  return parts.engine.request("generate", params, {
    signal: request.signal,
    onEvent(event) {
      if (event.kind === "reading") {
        const { kind: stage, ...progress } = event;
        request.onStage({ stage, ...progress });
        return;
      }
      if (event.kind === "live") {
        request.onLive?.(event.live);
        return;
      }
      if (event.part !== part) {
        part = event.part;
        request.onStage({ stage: part === "thought" ? "thinking" : "answering" });
      }
      request.onPiece(event.part, event.text);
    },
  });
}
