import type { Message } from "../../../electron/contract/chats.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { writtenTokens } from "./writtenTokens.ts";

/** Returns how a reply without a problem ended, in sentences. Null if it simply finished, or has not ended yet. */
export function endOfReply(texts: Texts, { state, stats, text, thought }: Message): string | null {
  const { say } = texts;
  if (state === "interrupted") {
    const hasText = text !== "" || thought !== null;
    return joinSentences(texts, [
      say("chats:outcome.interrupted"),
      hasText ? say("chats:outcome.interruptedSafe") : null,
    ]);
  }
  if (state === "stopped") {
    return say("chats:outcome.stopped", { count: stats ? writtenTokens(stats) : 0 });
  }
  if (stats?.stopReason === "maxTokens") return say("chats:outcome.tokenLimit");
  return state === "done" && text.trim() === "" ? say("chats:outcome.noAnswer") : null;
}
