import type { ImportPreview } from "../../contract/imports.ts";
import type { Texts } from "../texts.ts";

/** Returns what an import of a file would add: "3 chats with 7 messages", "1 prompt preset". */
export function amountTexts({ say }: Texts, { chats, messages, folders, presets }: ImportPreview): string[] {
  const counts = {
    chats: say("imports:chats", { count: chats }),
    messages: say("imports:messages", { count: messages }),
  };
  const amounts = [
    ...(chats > 0 ? [say("imports:amount", counts)] : []),
    ...(folders > 0 ? [say("imports:folders", { count: folders })] : []),
    ...(presets > 0 ? [say("imports:presets", { count: presets })] : []),
  ];
  return amounts.length > 0 ? amounts : [say("imports:nothing")];
}
