import type { ReplyStats, Thinking } from "../../contract/chats.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type {
  GenerateEvent,
  GreedyParams,
  MeasureParams,
  PromptMessage,
  PromptParams,
} from "../../contract/engineProtocol.ts";
import type { LoadedFacts, LoadSettings, Model } from "../../contract/models.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { SamplingWishes } from "./sampling.ts";

export interface SessionReply {
  /** The chat it belongs to, as a key that says nothing; a session may keep its state. Null: no chat. */
  chat: string | null;
  messages: PromptMessage[];
  thinking: Thinking;
  wishes?: SamplingWishes;
  /** Null: until the model ends or the context is full. */
  maxTokens: number | null;
  onEvent: (event: GenerateEvent) => void;
}

export interface WrittenReply {
  outcome: "done" | "stopped";
  /** Null if it was stopped before the first token. */
  stats: ReplyStats | null;
}

/**
 * A model that is ready to be used, for as long as its turn lasts. Everything stops when the turn's signal aborts, which
 * is an outcome; failures reject with coded errors.
 */
export interface Session {
  readonly model: Model;
  /** Every event arrives before it resolves. */
  reply(reply: SessionReply): Promise<WrittenReply>;
  /** Returns exactly what the model would be fed; null: stopped. */
  prompt(params: PromptParams): Promise<{ text: string; tokens: number[] } | null>;
  /** Returns the tokens of that prompt; null: stopped. */
  countTokens(params: PromptParams): Promise<number | null>;
}

/** What a load may ask for besides the model. */
export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
  /** Null or left out: the choice for this model, else the settings' context, else the largest that fits. */
  contextSize?: number | null;
  /** What is left out or null is as for a reply. */
  settings?: Partial<LoadSettings>;
  /** A load that must not fit by a smaller batch than a reply may have: it fails instead. */
  fullBatch?: boolean;
  /** Settings that nobody chose are tried: a failure is neither kept with the model nor shown as its state. */
  isTrial?: boolean;
}

/** A loaded model, and the engine process that holds it. Each load gives another one. */
export interface LocalState {
  engine: EngineInfo;
  facts: LoadedFacts;
}

/** As for a request; `isTrial`: a crash is not held against the model. */
export type MeasureOptions<Op extends "measure" | "greedy"> = RequestOptions<Op> & { isTrial?: boolean };

/** A session with a model of this machine, which can also be loaded with other settings and measured. */
export interface LocalSession extends Session {
  /** Null: nothing is loaded, or the engine that held it is gone. */
  readonly state: LocalState | null;
  /** Loads the model unless it is loaded like that. Null: it was cancelled. Rejects with the load's problem. */
  load(options: LoadOptions): Promise<LocalState | null>;
  measure(params: MeasureParams, options?: MeasureOptions<"measure">): Promise<RequestOutcome<"measure">>;
  greedy(params: GreedyParams, options?: MeasureOptions<"greedy">): Promise<RequestOutcome<"greedy">>;
}
