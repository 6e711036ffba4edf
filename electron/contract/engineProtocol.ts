import { z } from "zod";
import type { ReplyStats } from "./chats.ts";
import type { EngineInfo } from "./engine.ts";
import type { Problem } from "./errors.ts";
import type { GgufFacts, LoadedFacts, LoadProgress, LoadSettings, ModelFamily } from "./models.ts";
import type { LiveReply, ReadingProgress } from "./runs.ts";

/** Incremented whenever a message below changes its meaning. The supervisor rejects an engine with another version. */
export const engineProtocolVersion = 10;

/**
 * A turn of the conversation. An earlier thought may precede the content as `<think>…</think>` and is removed from the
 * prompt.
 */
export const promptMessageSchema = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
export type PromptMessage = z.infer<typeof promptMessageSchema>;

export interface LoadParams extends Pick<LoadSettings, "flashAttention" | "kvCacheType" | "memoryMapped"> {
  path: string;
  family: ModelFamily;
  chatTemplate: string | null;
  contextSize: number;
  batchSize: number;
  threads: number;
  /** Number of layers on the GPU, or as many as fit. */
  gpuLayers: number | "auto";
}

export interface PromptParams {
  messages: PromptMessage[];
  thinking: "on" | "off" | "auto";
  /** The beginning of the reply, if an earlier run wrote one that is to be continued. */
  soFar?: ReplySoFar | undefined;
  /** If set, the model continues this text instead of answering the messages. It may spell special tokens. */
  plainText?: string | undefined;
}

/** A reply that ended early. */
export interface ReplySoFar {
  /** Null if no thought was written. */
  thought: string | null;
  answer: string;
}

export interface Sampling {
  temperature: number;
  topP: number;
  topK: number;
  minP: number;
  seed: number | null;
}

/** A thought ends at the first of these that it reaches, and the answer follows. */
export interface ThoughtLimit {
  tokens: number | null;
  ms: number | null;
}

export interface GenerateParams extends PromptParams {
  /** An opaque key of the chat, for state that is kept per chat. Null if there is no chat. */
  chat: string | null;
  sampling: Sampling;
  /** Null means no limit: until the model ends or the context is full. */
  maxTokens: number | null;
  /** Left out: as long as the model thinks. */
  thoughtLimit?: ThoughtLimit | undefined;
  /** The answer conforms to this grammar, in llama.cpp's notation. The thought is free. Made by us, never passed on. */
  grammar?: string | undefined;
  /** Milliseconds that it took to restore the chat's state for this reply. Part of the time to its first token. */
  restoreMs?: number;
}

export type GenerateEvent =
  | ({ kind: "reading" } & ReadingProgress)
  | { kind: "piece"; part: "thought" | "answer"; text: string }
  | { kind: "live"; live: LiveReply };

export interface ReadAheadParams extends Pick<PromptParams, "messages" | "thinking"> {
  /** An opaque key of the chat, for state that is kept per chat. */
  chat: string;
}

/** What was read of the prompt that a chat's next one will begin with. */
export interface ReadAheadResult {
  /** Number of tokens that are certain to begin the next prompt. */
  promptTokens: number;
  /** Number of tokens that were read now. */
  readTokens: number;
  /** False if it was cancelled, or if the next prompt would not fit. */
  complete: boolean;
}

/** A file with what a model has read of a chat. */
export interface SavedState {
  tokens: number;
  sizeBytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
  /** Time that writing the file took, without its hash. */
  ms: number;
}

export interface RestoreParams extends Pick<SavedState, "sizeBytes" | "sha256"> {
  path: string;
  /** The prompt that is about to be read. */
  prompt: PromptParams;
}

export interface RestoredState {
  /** `unneeded`: what is in memory is as useful. `damaged`: it is not the file that was saved, or cannot be loaded. */
  outcome: "restored" | "unneeded" | "damaged";
  ms: number;
}

/** One test as llama-bench defines it: a prompt read, tokens generated, or both, on top of `depth` tokens. */
export interface MeasureTest {
  promptTokens: number;
  generatedTokens: number;
  /** Number of tokens in the context beforehand. They are not timed. */
  depth: number;
}

export interface MeasureParams {
  tests: MeasureTest[];
  /** Number of timed runs of each test. One additional warm-up run before them is not counted. */
  repeats: number;
  /** The same seed produces the same tokens. */
  seed: number;
  /** Length in tokens of the prompt with which the time to first token is measured. Null: it is not measured. */
  firstTokenPromptTokens: number | null;
  /** No further timed run starts after this many milliseconds, but at least one is made. No limit by default. */
  testMs?: number;
  /** The thread count of the loaded model by default. */
  threads?: number;
}

export interface GreedyParams {
  prompt: PromptParams;
  /** Number of tokens. Fewer are returned if the model ends earlier. With 0, the prompt is counted but not read. */
  tokens: number;
  /** The thread count of the loaded model by default. */
  threads?: number;
}

export interface MeasuredTest {
  /** As llama-bench writes it: "pp512", "tg128" or "pp1280+tg3072". */
  name: string;
  depth: number;
  /** Tokens per second of each timed run, in order. */
  samples: number[];
}

export interface MeasureResult {
  tests: MeasuredTest[];
  /** False if it was cancelled; the result then has what was measured until then. */
  complete: boolean;
  /** From the start of reading a prompt to its first sampled token. Null if not requested or cancelled before. */
  ttftMs: number | null;
  /**
   * Peak main memory of the engine, including mapped pages of the model file: on Linux since the load began, elsewhere
   * since the engine started.
   */
  peakResidentBytes: number;
}

/**
 * Sent after each run: the test, the number of its finished timed runs (0 after the warm-up), and their tokens per
 * second.
 */
export interface MeasureEvent {
  test: number;
  repeat: number;
  samples: number[];
  /** Processor time of all threads of the engine since it started. */
  engineCpuMs: number;
}

/** Requests: their parameters, the events they may send while running, and their results. */
export interface EngineRequests {
  load: { params: LoadParams; event: LoadProgress; result: LoadedFacts };
  unload: { params: Record<string, never>; event: never; result: null };
  prompt: { params: PromptParams; event: never; result: { text: string; tokens: number[] } };
  generate: { params: GenerateParams; event: GenerateEvent; result: ReplyStats };
  /** Reads what the next prompt will begin with, given the messages up to the last reply. */
  readAhead: { params: ReadAheadParams; event: never; result: ReadAheadResult };
  /** Writes what the model has read to a file. Null if that is of no use or was cancelled. */
  saveState: { params: { path: string }; event: never; result: SavedState | null };
  /** Replaces what the model has read by what was saved, if that helps with the next prompt. */
  restoreState: { params: RestoreParams; event: never; result: RestoredState };
  /** Measures the speed of the loaded model. The context is empty afterwards. */
  measure: { params: MeasureParams; event: MeasureEvent; result: MeasureResult };
  /**
   * Returns the most likely tokens after a prompt, to check whether two ways of running a model produce the same
   * output. The context is empty afterwards.
   */
  greedy: { params: GreedyParams; event: never; result: { promptTokens: number; tokens: number[] } };
}
export type EngineOperation = keyof EngineRequests;

/** What `engine.js --inspect FILE` prints as one line of JSON. */
export type InspectAnswer = { facts: GgufFacts } | { problem: Problem };

/** Messages from the workbench to the engine. */
export type EngineCommand =
  | {
      [Op in EngineOperation]: { type: "request"; id: number; operation: Op; params: EngineRequests[Op]["params"] };
    }[EngineOperation]
  | { type: "cancel"; id: number }
  /** Ends the thought of a `generate`. */
  | { type: "skipThought"; id: number }
  | { type: "shutdown" };

/**
 * Messages from the engine to the workbench. A cancelled `load` reports `cancelled`; a cancelled `generate`,
 * `readAhead` or `measure` reports its result so far.
 */
export type EngineReport =
  | { type: "ready"; protocol: number; info: Omit<EngineInfo, "probes"> }
  | { type: "heartbeat"; residentBytes: number }
  | { type: "log"; level: "warn" | "error"; text: string }
  | { type: "event"; id: number; event: EngineRequests[EngineOperation]["event"] }
  | { type: "result"; id: number; value: EngineRequests[EngineOperation]["result"] }
  | { type: "cancelled"; id: number }
  | { type: "failed"; id: number; problem: Problem };
