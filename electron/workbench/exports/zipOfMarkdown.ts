import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { ExportedChats } from "./ExportedChats.ts";
import type { ExportWords } from "./exportWords.ts";
import { fileNameOf, uniqueNames } from "./fileNameOf.ts";
import { markdownOfChat } from "./markdownOfChat.ts";

/** Returns a .zip file with a Markdown file for each chat, in pieces. Each is read when its turn comes. */
export function zipOfMarkdown(
  { chats, messages }: ExportedChats,
  options: { words: ExportWords; thoughts: boolean },
): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const unique = uniqueNames();
  for (const chat of chats()) {
    const name = `${unique(fileNameOf(chat.title, options.words.untitled))}.md`;
    const mtime = new Date(Math.min(Math.max(chat.updatedAt, Date.UTC(1981, 0)), Date.UTC(2107, 0)));
    zip.addReadStreamLazy(name, { mtime, mode: 0o100644 }, (give) => {
      const pieces = markdownOfChat(chat, messages(chat, "shown"), options);
      give(null, Readable.from(pieces, { objectMode: false }));
    });
  }
  zip.end();
  return Readable.from(zip.outputStream as Readable) as AsyncIterable<Uint8Array>;
}
