import { z } from "zod";
import { call } from "./call.ts";
import type { Message, ReplyStats } from "./chats.ts";

/**
 * A run is one reply being written.
 *
 *   queued ─▶ loading ─▶ reading ─▶ thinking ─▶ answering ─▶ done
 *      └──────────┴─────────┴──────────┴───────────┴────────▶ stopped | failed
 *
 * `loading`: the model; `reading`: the prompt. A stage that is not needed is skipped.
 */
export type RunStage =
  | { stage: "queued" }
  | { stage: "loading"; fraction: number }
  | ({ stage: "reading" } & ReadingProgress)
  | { stage: "thinking" }
  | { stage: "answering" };

/** How far a prompt is read, after each batch. */
export interface ReadingProgress {
  readTokens: number;
  promptTokens: number;
  cachedTokens: number;
  /** Of what was read now, without reused tokens. Null before the first batch. */
  tokensPerSecond: number | null;
}

/** What the engine holds while it writes. */
export interface MemoryInUse {
  /** Main memory of its process, with pages of mapped files. */
  residentBytes: number;
  /** Of the graphics cards, by all programs; null on the CPU. */
  gpuBytes: number | null;
}

/**
 * The live figures of a running reply, all by the engine's own clock: told with the first token, every 250 ms, even
 * when no token comes, and at the end, where they equal those that are kept.
 */
export interface LiveReply extends Omit<ReplyStats, "stopReason" | "ttftMs"> {
  /** Null before the first token. */
  ttftMs: number | null;
  /** From the first token to the moment these figures were taken. */
  elapsedMs: number;
  /** Over the last second; it falls while a token is overdue. Null before the second token. */
  tokensPerSecondNow: number | null;
  /** Null before the first token. */
  memory: MemoryInUse | null;
}

/** Frames of one run, in order: one `snapshot`, then changes, then one `ended`. */
export type RunFrame =
  | { kind: "snapshot"; runId: string; message: Message; stage: RunStage; live: LiveReply }
  | { kind: "stage"; stage: RunStage }
  /** Another model writes it than the one that was chosen. */
  | { kind: "model"; model: Message["model"] }
  | { kind: "delta"; part: "thought" | "answer"; text: string }
  | { kind: "live"; live: LiveReply }
  | { kind: "ended"; message: Message };

export const runsCalls = {
  /** Stops at the next token; what was written is kept. Stopping an ended run does nothing. */
  "runs.stop": call<null>()(z.object({ runId: z.string().min(1).max(64) })),
};
