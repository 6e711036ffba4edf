import { z } from "zod";
import type { ReplyStats } from "./chats.ts";
import type { EngineInfo } from "./engine.ts";
import type { Problem } from "./errors.ts";
import type { GgufFacts, LoadedFacts, LoadSettings, ModelFamily } from "./models.ts";
import type { LiveReply, ReadingProgress } from "./runs.ts";

/** Raised whenever a message below changes meaning; the supervisor refuses an engine with another number. */
export const engineProtocolVersion = 5;

/** A turn as the engine sees it; an earlier thought may stand in front as `<think>…</think>`, and is not fed back. */
export const promptMessageSchema = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
export type PromptMessage = z.infer<typeof promptMessageSchema>;

export interface LoadParams extends Pick<LoadSettings, "flashAttention" | "kvCacheType" | "memoryMapped"> {
  path: string;
  family: ModelFamily;
  chatTemplate: string | null;
  contextSize: number;
  batchSize: number;
  threads: number;
  /** Layers on the GPU: a number, or all that fit. */
  gpuLayers: number | "auto";
}

export interface PromptParams {
  messages: PromptMessage[];
  thinking: "on" | "off" | "auto";
}

export interface Sampling {
  temperature: number;
  topP: number;
  topK: number;
  minP: number;
  seed: number | null;
}

export interface GenerateParams extends PromptParams {
  /** The chat it belongs to, as a key that says nothing more, for state that is kept per chat; null: none. */
  chat: string | null;
  sampling: Sampling;
  /** Null: until the model ends or the context is full. */
  maxTokens: number | null;
}

export type GenerateEvent =
  | ({ kind: "reading" } & ReadingProgress)
  | { kind: "piece"; part: "thought" | "answer"; text: string }
  | { kind: "live"; live: LiveReply };

/** One test as llama-bench defines it: a prompt read, tokens generated, or both, on top of `depth` tokens. */
export interface MeasureTest {
  promptTokens: number;
  generatedTokens: number;
  /** Tokens in the context beforehand, not timed. */
  depth: number;
}

export interface MeasureParams {
  tests: MeasureTest[];
  /** Timed runs of each test; one more before them is not counted. */
  repeats: number;
  /** The same seed feeds the same tokens. */
  seed: number;
  /** Tokens of the prompt that the time to first token is measured with; null: it is not measured. */
  firstTokenPromptTokens: number | null;
  /** No further timed run starts after this many milliseconds, but at least one is made. Default: no limit. */
  testMs?: number;
  /** Left out: as loaded. */
  threads?: number;
}

export interface GreedyParams {
  prompt: PromptParams;
  /** Fewer come when the model ends before. 0: the prompt is counted and not read. */
  tokens: number;
  /** Left out: as loaded. */
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
  /** False: it was cancelled, and this is what was done by then. */
  complete: boolean;
  /** From an unread prompt to its first drawn token; null: not asked for, or cancelled before it was measured. */
  ttftMs: number | null;
  /**
   * The most main memory the engine has held, with pages of the model's file: on Linux since the load began, elsewhere
   * since the engine started.
   */
  peakResidentBytes: number;
}

/** After each run: the test, its finished timed runs (0 after the warm-up), and their tokens per second. */
export interface MeasureEvent {
  test: number;
  repeat: number;
  samples: number[];
  /** Processor time of the engine, all threads together, since it started. */
  engineCpuMs: number;
}

/** Requests: what each takes, the events it may send while running, and what it answers. */
export interface EngineRequests {
  load: { params: LoadParams; event: { fraction: number }; result: LoadedFacts };
  unload: { params: Record<string, never>; event: never; result: null };
  prompt: { params: PromptParams; event: never; result: { text: string; tokens: number[] } };
  generate: { params: GenerateParams; event: GenerateEvent; result: ReplyStats };
  /** Measures the loaded model's speed; the context is empty afterwards. */
  measure: { params: MeasureParams; event: MeasureEvent; result: MeasureResult };
  /** The likeliest tokens after a prompt, to tell whether two ways to run a model write the same; the context is empty afterwards. */
  greedy: { params: GreedyParams; event: never; result: { promptTokens: number; tokens: number[] } };
}
export type EngineOperation = keyof EngineRequests;

/** What `engine.js --inspect FILE` prints, as one line of JSON. */
export type InspectAnswer = { facts: GgufFacts } | { problem: Problem };

/** Workbench to engine. */
export type EngineCommand =
  | {
      [Op in EngineOperation]: { type: "request"; id: number; operation: Op; params: EngineRequests[Op]["params"] };
    }[EngineOperation]
  | { type: "cancel"; id: number }
  | { type: "shutdown" };

/** Engine to workbench. A cancelled `load` answers `cancelled`; a cancelled `generate` or `measure` answers its result so far. */
export type EngineReport =
  | { type: "ready"; protocol: number; info: Omit<EngineInfo, "probes"> }
  | { type: "heartbeat"; residentBytes: number }
  | { type: "log"; level: "warn" | "error"; text: string }
  | { type: "event"; id: number; event: EngineRequests[EngineOperation]["event"] }
  | { type: "result"; id: number; value: EngineRequests[EngineOperation]["result"] }
  | { type: "cancelled"; id: number }
  | { type: "failed"; id: number; problem: Problem };
