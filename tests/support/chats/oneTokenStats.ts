import type { ReplyStats } from "../../../electron/contract/chats.ts";

/** The figures of a reply of one token that ended by itself. */
export const oneTokenStats: ReplyStats = {
  thoughtTokens: 0,
  answerTokens: 1,
  thoughtMs: 0,
  thoughtCut: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: 20,
  speedSamples: [20],
  promptTokens: 9,
  cachedTokens: 0,
  ttftMs: 3,
  stopReason: "end",
};
