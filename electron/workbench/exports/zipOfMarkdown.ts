import type { ExportedChats } from "./ExportedChats.ts";
import type { ExportWords } from "../../contract/exportWords.ts";
import { fileNameOf, uniqueNames } from "./fileNameOf.ts";
import { markdownOfChat } from "./markdownOfChat.ts";
import { zipOf, type ZippedFile } from "./zipOf.ts";

/** Returns a .zip file with a Markdown file for each chat, in pieces. */
export function zipOfMarkdown(
  exported: ExportedChats,
  options: { words: ExportWords; thoughts: boolean },
): AsyncIterable<Uint8Array> {
  return zipOf(filesOf(exported, options));
}

function* filesOf(
  { chats, messages, ...of }: ExportedChats,
  options: { words: ExportWords; thoughts: boolean },
): Generator<ZippedFile> {
  const unique = uniqueNames();
  for (const chat of chats()) {
    const name = unique(fileNameOf(chat.title, options.words.untitled), ".md");
    const content = () => markdownOfChat(chat, messages(chat, "shown"), { ...options, ...of });
    yield { name, at: chat.updatedAt, content };
  }
}
