import { z } from "zod";
import { call } from "./call.ts";
import type { Message } from "./chats.ts";

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
  | { stage: "reading"; readTokens: number; promptTokens: number; cachedTokens: number }
  | { stage: "thinking" }
  | { stage: "answering" };

/** What is known of a running reply; numbers from the engine's clock. */
export interface LiveReply {
  thoughtTokens: number;
  answerTokens: number;
  /** Since the thought's first token; stands still once the answer begins. */
  thoughtMs: number;
  /** Over the last second. Null before the second token. */
  tokensPerSecond: number | null;
  speedSamples: number[];
  promptTokens: number;
  cachedTokens: number;
  ttftMs: number | null;
}

/** Frames of one run, in order: one `snapshot`, then changes, then one `ended`. */
export type RunFrame =
  | { kind: "snapshot"; runId: string; message: Message; stage: RunStage; live: LiveReply }
  | { kind: "stage"; stage: RunStage }
  | { kind: "delta"; part: "thought" | "answer"; text: string; live: LiveReply }
  | { kind: "ended"; message: Message };

export const runsCalls = {
  /** Stops at the next token; what was written is kept. Stopping an ended run does nothing. */
  "runs.stop": call<null>()(z.object({ runId: z.string().min(1).max(64) })),
};
