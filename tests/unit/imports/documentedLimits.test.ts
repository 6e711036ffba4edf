import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mostPageRanges, mostPassageChars } from "../../../electron/contract/documents.ts";
import { mostSummaryChars } from "../../../electron/contract/longChats.ts";
import { maxMessageChars } from "../../../electron/contract/maxMessageChars.ts";
import { documentLimits } from "../../../electron/workbench/documents/documentLimits.ts";
import { lastTime, recordLimits } from "../../../electron/workbench/exports/chatFile.ts";
import { importLimits } from "../../../electron/workbench/imports/importLimits.ts";

const page = readFileSync(new URL("../../../docs/chat-file.md", import.meta.url), "utf8");

const ofChat: [what: string, most: number][] = [
  ["a line, in bytes", importLimits.itemBytes],
  ["objects and lists in each other", importLimits.depth],
  ["the `title`, or the name of the folder", importLimits.titleChars],
  ["the `systemPrompt`", importLimits.systemPromptChars],
  ["the `text` or the `thought` of a message, or the `draft`", importLimits.textChars],
  ["the text of a summary", mostSummaryChars],
  ["`replySettings`, `place`, `model`, `stats` or `problem`, as JSON", importLimits.objectChars],
  ["the name of a field in these", recordLimits.fieldNameChars],
  ["an id of a chat, a message, a document or a folder", recordLimits.idChars],
  ["a `modelId`, or the id or the name of the model that wrote a summary", recordLimits.modelIdChars],
  ["a time, in milliseconds before or after 1970", lastTime],
  ["pieces in `pasted`", recordLimits.pasted],
  ["documents of a chat", importLimits.documents],
  ["the `name` of a document", recordLimits.documentNameChars],
  ["the `title` of a document", recordLimits.documentTitleChars],
  ["pages or chapters of a document", documentLimits.pages],
  ["the text of a document", documentLimits.chars],
  ["attachments of a message, or of the draft", recordLimits.attachments],
  ["chosen `pages` of an attachment, each from a first to a last one", mostPageRanges],
  ["`passages` of an attachment", recordLimits.passages],
  ["a passage", mostPassageChars],
  ["messages of a chat of another app, all versions included", importLimits.foreignMessages],
  ["a chat of another app, in bytes", importLimits.itemBytes],
  ["a message of another app with its thought", maxMessageChars],
];

const ofFile: [what: string, most: number][] = [
  ["chats", importLimits.chats],
  ["messages", importLimits.messages],
  ["bytes, of a .zip file when it is unpacked", importLimits.bytes],
  ["files in a .zip file", importLimits.zipEntries],
  ["how much smaller one of them is when packed, if it has more than 50 MB", importLimits.ratio],
  ["minutes for reading it", importLimits.milliseconds / 60_000],
];

const table = (rows: [string, number][]): string =>
  ["| what | at most |", "|---|---|", ...rows.map(([what, most]) => `| ${what} | ${most.toLocaleString("en")} |`)].join(
    "\n",
  );

it.each([
  ["a chat", ofChat],
  ["a file", ofFile],
])("the documentation has the limits of %s that the app has", (_, rows) => {
  expect(page).toContain(`\n\n${table(rows)}\n\n`);
});
