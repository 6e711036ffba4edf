import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { writtenTokens } from "./writtenTokens.ts";

/** Returns how long a reply took from its first token on: the prompt need not be read again. Null if not measured. */
export function secondsOfReply(stats: ReplyStats | null): number | null {
  if (stats === null || stats.tokensPerSecond === null || stats.tokensPerSecond <= 0) return null;
  return writtenTokens(stats) / stats.tokensPerSecond;
}
