import type { ImportPreview } from "../../contract/imports.ts";
import type { Texts } from "../texts.ts";

/** Returns how many chats and messages are in a file, such as "3 chats with 7 messages". */
export const amountText = ({ say }: Texts, { chats, messages }: ImportPreview): string =>
  say("imports:amount", {
    chats: say("imports:chats", { count: chats }),
    messages: say("imports:messages", { count: messages }),
  });
