import type { ReplyStats, StopReason } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";

/**
 * The last live figures as those of a reply that ended early, when the engine can give no better ones: up to 250 ms
 * of tokens are missing. Null before the first token.
 */
export function statsSoFar(live: LiveReply, stopReason: StopReason): ReplyStats | null {
  const { elapsedMs: _elapsedMs, tokensPerSecondNow: _now, memory: _memory, ttftMs, ...kept } = live;
  return ttftMs === null ? null : { ...kept, ttftMs, stopReason };
}
