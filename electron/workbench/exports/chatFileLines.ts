import { createHash } from "node:crypto";
import type { Preset } from "../../contract/presets.ts";
import { chatFileFormat, chatFileVersion } from "./chatFile.ts";
import type { ExportedChats } from "./ExportedChats.ts";

interface ChatFileOptions {
  appVersion: string;
  thoughts: boolean;
  /** How many chats there are. */
  total: number;
  presets: readonly Preset[];
}

/** Returns the lines of a chat file. */
export function* chatFileLines(
  { folders, chats, documents, messages }: ExportedChats,
  { appVersion, thoughts, total, presets }: ChatFileOptions,
): Generator<string> {
  const hash = createHash("sha256");
  const count = { chats: 0, messages: 0 };
  const line = (record: object): string => {
    const text = `${JSON.stringify(record)}\n`;
    hash.update(text);
    return text;
  };
  yield line({
    format: chatFileFormat,
    version: chatFileVersion,
    app: appVersion,
    exportedAt: new Date().toISOString(),
    thoughts,
    chats: total,
  });
  for (const preset of presets) yield line({ type: "preset", ...preset });
  for (const folder of folders()) yield line(folder);
  for (const chat of chats()) {
    count.chats++;
    yield line(chat);
    for (const record of documents(chat)) yield line(record);
    for (const message of messages(chat, "all")) {
      count.messages++;
      yield line(thoughts ? message : { ...message, thought: null });
    }
  }
  yield `${JSON.stringify({ type: "end", ...count, sha256: hash.digest("hex") })}\n`;
}
