import { z } from "zod";
import { call } from "./call.ts";
import type { Message, ReplyStats } from "./chats.ts";
import type { LoadProgress } from "./models.ts";

/**
 * The lifecycle of a run, which writes one reply:
 *
 *   queued ─▶ loading ─▶ reading ─▶ thinking ─▶ answering ─▶ done
 *      └──────────┴─────────┴──────────┴───────────┴────────▶ stopped | failed
 *
 * `loading` loads the model, `reading` reads the prompt. Stages that are not needed are skipped. When the context is full,
 * `summarizing` may come after any of them but the last: the model summarizes the oldest messages, and goes on then.
 */
export type RunStage =
  | { stage: "queued" }
  | ({ stage: "loading" } & LoadProgress)
  | ({ stage: "reading" } & ReadingProgress)
  /** The part of the messages that is being summarized, counted from 1. */
  | { stage: "summarizing"; part: number; parts: number }
  | { stage: "thinking" }
  | { stage: "answering" };

/** How much of a prompt has been read, sent after each batch. */
export interface ReadingProgress {
  readTokens: number;
  promptTokens: number;
  cachedTokens: number;
  /** Speed of the tokens read in this turn, without reused ones. Null before the first batch. */
  tokensPerSecond: number | null;
}

/** Memory that the engine uses while it writes. */
export interface MemoryInUse {
  /** Main memory of its process, including pages of mapped files. */
  residentBytes: number;
  /** Memory in use on the graphics cards, by all programs. Null on the CPU. */
  gpuBytes: number | null;
}

/**
 * The live figures of a running reply, measured by the engine's own clock. Sent with the first token, then every 250
 * ms, even if no token arrives, and at the end, when they equal the stored ones.
 */
export interface LiveReply extends Omit<ReplyStats, "stopReason" | "ttftMs"> {
  /** Null before the first token. */
  ttftMs: number | null;
  /** From the first token to the time at which these figures were taken. */
  elapsedMs: number;
  /** Over the last second. Decreases while a token is overdue. Null before the second token. */
  tokensPerSecondNow: number | null;
  /** Null before the first token. */
  memory: MemoryInUse | null;
  /** Whether the reply repeats itself now: most of its last tokens were written at least twice before. */
  isRepeating: boolean;
}

/** Frames of one run, in order: one `snapshot`, then changes, then one `ended`. */
export type RunFrame =
  | { kind: "snapshot"; runId: string; message: Message; stage: RunStage; live: LiveReply }
  | { kind: "stage"; stage: RunStage }
  /** A different model than the chosen one writes the reply. */
  | { kind: "model"; model: Message["model"] }
  | { kind: "delta"; part: "thought" | "answer"; text: string }
  | { kind: "live"; live: LiveReply }
  | { kind: "ended"; message: Message };

const run = z.object({ runId: z.string().min(1).max(64) });

export const runsCalls = {
  /** Stops at the next token. The text written so far is kept. Stopping an ended run does nothing. */
  "runs.stop": call<null>()(run),
  /** Ends the thought at the next token; the answer follows. Does nothing if the thought has ended. */
  "runs.skipThought": call<null>()(run),
};
