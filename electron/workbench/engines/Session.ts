import type { ReplyStats, Thinking } from "../../contract/chats.ts";
import type { EngineInfo } from "../../contract/engine.ts";
import type {
  GenerateEvent,
  GreedyParams,
  MeasureParams,
  PromptMessage,
  PromptParams,
  ReadAheadParams,
  ReadAheadResult,
  ReplySoFar,
  ThoughtLimit,
} from "../../contract/engineProtocol.ts";
import type { LoadProgress, LoadSettings, LoadedFacts, Model } from "../../contract/models.ts";
import type { RequestOptions, RequestOutcome } from "../engine/PendingRequest.ts";
import type { SamplingWishes } from "./sampling.ts";

/** What an answer conforms to. The thought before it is free. */
export interface AnswerForm {
  /** A JSON schema, for servers. */
  schema: object;
  /** The same for the engine: see `GenerateParams`. */
  grammar: string;
}

export interface SessionReply {
  /** An opaque key of the chat, for which a session may keep state. Null if there is no chat. */
  chat: string | null;
  messages: PromptMessage[];
  thinking: Thinking;
  /** The beginning of the reply, if it is continued. Events and figures are those of the rest. */
  soFar?: ReplySoFar | undefined;
  wishes?: SamplingWishes | undefined;
  /** See `PromptParams`. */
  plainText?: string | undefined;
  /** Left out: the answer is free. */
  form?: AnswerForm | undefined;
  /** Null means no limit: until the model ends or the context is full. */
  maxTokens: number | null;
  /** Left out: as long as the model thinks. */
  thoughtLimit?: ThoughtLimit | undefined;
  /** Aborting ends the thought. The answer follows. */
  skipThought?: AbortSignal | undefined;
  onEvent: (event: GenerateEvent) => void;
}

export interface WrittenReply {
  outcome: "done" | "stopped";
  /** Null if it was stopped before the first token. */
  stats: ReplyStats | null;
}

/**
 * A model that can be used as long as its turn lasts. Everything stops when the turn's signal aborts, which is an
 * outcome and not an error. Failures reject with coded errors.
 */
export interface Session {
  readonly model: Model;
  /** In tokens. Null if it is not known: nothing is loaded, or its server does not say. */
  readonly contextSize: number | null;
  /** Writes a reply. All events are emitted before it resolves. */
  reply(reply: SessionReply): Promise<WrittenReply>;
  /**
   * Reads what the next prompt of this chat will begin with, given the messages up to the last reply. Resolves with
   * null if it was stopped; what was read by then is still of use.
   */
  readAhead(params: ReadAheadParams): Promise<ReadAheadResult | null>;
  /** Resolves with exactly what would be fed to the model, or null if stopped. */
  prompt(params: PromptParams): Promise<{ text: string; tokens: number[] } | null>;
  /** Resolves with the number of tokens of that prompt, or null if stopped. */
  countTokens(params: PromptParams): Promise<number | null>;
}

/** Options of a load besides the model. */
export interface LoadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: LoadProgress) => void;
  /** Null or left out: the choice for this model, else the context size in the settings, else the largest that fits. */
  contextSize?: number | null;
  /** Settings that are left out or null are those of a reply. */
  settings?: Partial<LoadSettings>;
  /** If true, the load fails instead of using a smaller batch to fit. */
  fullBatch?: boolean;
  /** True if the settings are only being tried: a failure is neither stored with the model nor shown as its state. */
  isTrial?: boolean;
}

/** A loaded model and the engine process that holds it. Each load creates a new object. */
export interface LocalState {
  engine: EngineInfo;
  facts: LoadedFacts;
}

/** The options of a request. With `isTrial`, a crash does not mark the model. */
export type MeasureOptions<Op extends "measure" | "greedy"> = RequestOptions<Op> & { isTrial?: boolean };

/** A session with a model on this machine, which can also be loaded with other settings and measured. */
export interface LocalSession extends Session {
  /** Null if nothing is loaded or the engine has exited. */
  readonly state: LocalState | null;
  /**
   * Loads the model unless it is already loaded with these options. Resolves with null if it was cancelled. Rejects
   * with the load's problem.
   */
  load(options: LoadOptions): Promise<LocalState | null>;
  measure(params: MeasureParams, options?: MeasureOptions<"measure">): Promise<RequestOutcome<"measure">>;
  greedy(params: GreedyParams, options?: MeasureOptions<"greedy">): Promise<RequestOutcome<"greedy">>;
}
