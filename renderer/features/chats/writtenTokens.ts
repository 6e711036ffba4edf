import type { ReplyStats } from "../../../electron/contract/chats.ts";

/** Returns how many tokens a reply has, with its thought. */
export const writtenTokens = ({ thoughtTokens, answerTokens }: Pick<ReplyStats, "thoughtTokens" | "answerTokens">) =>
  thoughtTokens + answerTokens;
