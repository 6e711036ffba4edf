import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";

/** Returns the reply as Markdown, with its thought, if any, as a quotation under `heading` before it. */
export function replyMarkdown({ text, thought }: Pick<Message, "text" | "thought">, heading: string): string {
  const words = thought?.trim() ?? "";
  if (words === "") return shownAnswer(text);
  const quoted = words
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  return `> **${heading}**\n>\n${quoted}\n\n${shownAnswer(text)}`;
}
