import type { ReplyStats, StopReason } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";

/**
 * Returns the last live figures as those of a reply that ended early, if the engine cannot provide better ones. Up to
 * 250 ms of tokens are missing. Null before the first token.
 */
export function statsSoFar(live: LiveReply, stopReason: StopReason): ReplyStats | null {
  const {
    elapsedMs: _elapsedMs,
    tokensPerSecondNow: _now,
    memory: _memory,
    isRepeating: _repeating,
    ttftMs,
    ...kept
  } = live;
  return ttftMs === null ? null : { ...kept, ttftMs, stopReason };
}
