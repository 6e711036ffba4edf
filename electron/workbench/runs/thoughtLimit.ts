import type { Message } from "../../contract/chats.ts";
import type { ThoughtLimit } from "../../contract/engineProtocol.ts";
import type { ReplySettings } from "../../contract/replySettings.ts";

/**
 * Returns how long the thought of a reply may become. Of a reply that is continued, what it has thought counts; a thought
 * that was ended early does not go on.
 */
export function thoughtLimit(
  { thoughtTokens, thoughtSeconds }: Pick<ReplySettings, "thoughtTokens" | "thoughtSeconds">,
  { stats }: Pick<Message, "stats">,
): ThoughtLimit {
  if (stats !== null && stats.thoughtCut !== null) return { tokens: 0, ms: null };
  const left = (limit: number | null, used = 0): number | null => (limit === null ? null : Math.max(0, limit - used));
  return {
    tokens: left(thoughtTokens, stats?.thoughtTokens),
    ms: left(thoughtSeconds === null ? null : thoughtSeconds * 1000, stats?.thoughtMs),
  };
}
