import type { ChatRecord, MessageRecord } from "./chatFile.ts";
import type { DocumentUnit } from "../../contract/documents.ts";
import type { EarlierSummary } from "../../contract/earlierSummary.ts";
import type { ExportWords } from "../../contract/exportWords.ts";
import { type WrittenAt, writtenAtSchema } from "../../contract/servers.ts";
import type { ExportedChats } from "./ExportedChats.ts";
import { dateText } from "./dateText.ts";

/** Returns a chat as Markdown, in pieces: the shown branch, with each answer as the model wrote it. */
export function* markdownOfChat(
  chat: ChatRecord,
  messages: Iterable<MessageRecord>,
  options: { words: ExportWords; thoughts: boolean } & Pick<ExportedChats, "documentsOf" | "summaryRead">,
): Generator<string> {
  const { words, thoughts, documentsOf, summaryRead } = options;
  const readId = summaryRead(chat);
  yield `# ${oneLine(chat.title) || words.untitled}\n\n${dateText(chat.createdAt, words)}\n`;
  if (chat.systemPrompt !== "") yield `\n> **${words.instructions}**\n>\n${quoted(chat.systemPrompt)}\n`;
  for (const message of messages) {
    yield `\n## ${speakerOf(message, words)}\n\n`;
    for (const { name, unit, passages } of documentsOf(message)) {
      yield `> ${words.document}: ${oneLine(name)}\n`;
      for (const { number, part, text } of passages) {
        yield `>\n> ${passageName(number, unit, part, words)}: ${oneLine(text)}\n`;
      }
      yield "\n";
    }
    if (thoughts && message.thought !== null && message.thought.trim() !== "") {
      yield `> **${words.thought}**\n>\n${quoted(message.thought)}\n\n`;
    }
    yield `${message.text.trimEnd()}\n`;
    if (isEndedEarly(message)) yield `\n*${words.endedEarly}*\n`;
    if (message.summary) {
      const name = summaryName(message.summary, message.id === readId, words);
      yield `\n> **${name}**\n>\n${quoted(message.summary.text)}\n`;
    }
  }
}

/** Returns who wrote a summary, and whether the model reads it. */
export function summaryName({ model, edited }: EarlierSummary, isRead: boolean, words: ExportWords): string {
  const [name, editedName] = isRead
    ? [words.summary, words.summaryEdited]
    : [words.earlierSummary, words.earlierSummaryEdited];
  return (edited ? editedName : name).replace("{model}", () => writerName(model, words));
}

export const isEndedEarly = ({ state }: MessageRecord): boolean => state !== "done";

/** Returns who wrote a message, as plain text on one line. */
export function speakerOf({ role, model }: MessageRecord, words: ExportWords): string {
  if (role === "user") return words.you;
  const speaker = writerName(model, words);
  return model?.["edited"] === true ? `${speaker} (${words.edited})` : speaker;
}

/** Returns the name of a model, and of the server that it was on. */
function writerName(model: Readonly<Record<string, unknown>> | null, words: ExportWords): string {
  const name = model?.["name"];
  const named = oneLine(typeof name === "string" ? name : "") || "R1";
  const place = writtenAtSchema.safeParse(model?.["server"]).data;
  return place === undefined ? named : onServer(named, place, words);
}

const onServer = (model: string, { name, host }: WrittenAt, words: ExportWords): string =>
  words.onServer.replaceAll(/\{(model|server|host)\}/g, (_, what: "model" | "server" | "host") =>
    oneLine({ model, server: name, host }[what]),
  );

/** Returns the number of a passage with the page or chapter that it is on. */
export const passageName = (number: number, unit: DocumentUnit | null, part: number, words: ExportWords): string =>
  unit === null ? `[${number}]` : `[${number}] ${words[unit].replace("{part}", String(part))}`;

export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

const quoted = (text: string): string =>
  text
    .trim()
    .split(/\r\n|[\r\n]/)
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
