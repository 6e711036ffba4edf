import { aboutTokens } from "../../../electron/contract/aboutTokens.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import { usedUntil } from "./usedByNext.ts";

/** Returns about how many tokens the questions have that were asked after the last prompt that was counted. */
export function askedTokens(messages: readonly Message[]): number {
  let tokens = 0;
  for (const message of messages.toReversed()) {
    if (usedUntil(message) !== null) break;
    if (message.role === "user") tokens += aboutTokens(message.text);
  }
  return tokens;
}
