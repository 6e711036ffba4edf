import { createHash } from "node:crypto";
import { z } from "zod";
import { mostChatFolders } from "../../contract/chatFolders.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { mostPresets } from "../../contract/presets.ts";
import {
  chatFileFormat,
  chatFileVersion,
  type ChatRecord,
  chatRecordSchema,
  type DocumentRecord,
  documentRecordSchema,
  type DraftRecord,
  draftRecordSchema,
  endRecordSchema,
  folderRecordSchema,
  headRecordSchema,
  type MessageRecord,
  messageRecordSchema,
  presetRecordSchema,
  type TextRecord,
  textRecordSchema,
} from "../exports/chatFile.ts";
import { ChatFileDocuments } from "./ChatFileDocuments.ts";
import { importLimits } from "./importLimits.ts";
import type { Incoming } from "./Incoming.ts";
import { isNestedTooDeeply } from "./JsonScanner.ts";
import { linesOf } from "./linesOf.ts";
import { parsedJson } from "./parsedJson.ts";

const besideSchema = z.discriminatedUnion("type", [folderRecordSchema, presetRecordSchema]);

/** The beginning of every chat file. */
export const isChatFile = (start: string): boolean => start.startsWith(`{"format":"${chatFileFormat}"`);

/**
 * Returns what is in a chat file of ours. A chat with a record that cannot be read is skipped. Throws `import-newer` for
 * a file of a later version.
 */
export async function* readChatFile(stream: AsyncIterable<Buffer>): AsyncGenerator<Incoming> {
  const hash = createHash("sha256");
  const count = { chats: 0, messages: 0 };
  const beside = { folder: 0, preset: 0 };
  let hasHead = false;
  let isComplete = false;
  /** What was read so far of the chat that is being read. Null: what follows is passed over until the next chat. */
  let known: Known | null = null;
  for await (const line of linesOf(stream, importLimits.itemBytes)) {
    const record = line === null || isNestedTooDeeply(line, importLimits.depth) ? undefined : parsedJson(line);
    if (!hasHead) {
      expectHead(record);
      hasHead = true;
      yield { type: "source", source: "r1" };
    } else if (typeOf(record) === "end") {
      const end = endRecordSchema.safeParse(record);
      if (known !== null && !known.documents.isWhole) yield { type: "skipped", reason: "damaged", isBegun: true };
      isComplete =
        end.success &&
        end.data.sha256 === hash.digest("hex") &&
        end.data.chats === count.chats &&
        end.data.messages === count.messages;
      break;
    } else if (typeOf(record) === "folder" || typeOf(record) === "preset") {
      const { data: read } = besideSchema.safeParse(record);
      const isTooMany = read !== undefined && ++beside[read.type] > mostBeside[read.type];
      if (read === undefined || isTooMany || count.chats > 0) yield { type: "incomplete" };
      else yield read;
    } else if (typeOf(record) === "chat") {
      count.chats++;
      if (known !== null && !known.documents.isWhole) yield { type: "skipped", reason: "damaged", isBegun: true };
      const chat = accepted(chatRecordSchema, record, isFitChat);
      known = chat === null ? null : { messages: new Set(), documents: new ChatFileDocuments() };
      if (chat === null) yield { type: "skipped", reason: "damaged", isBegun: false };
      else yield chat;
    } else {
      const read: OfChat | null = known && ofChat(record, known);
      if (!isOfDocument(record)) count.messages++;
      if (read !== null) yield read;
      else if (known !== null) {
        known = null;
        yield { type: "skipped", reason: line === null ? "tooLarge" : "damaged", isBegun: true };
      }
    }
    if (line !== null) hash.update(line).update("\n");
  }
  if (!hasHead) throw new WorkbenchError("import-not-known");
  if (!isComplete) yield { type: "incomplete" };
}

const mostBeside = { folder: mostChatFolders, preset: mostPresets };

interface Known {
  /** The ids of its messages. */
  messages: Set<string>;
  documents: ChatFileDocuments;
}

type OfChat = DocumentRecord | TextRecord | DraftRecord | MessageRecord;

const isOfDocument = (record: unknown): boolean => ["document", "text", "draft"].includes(String(typeOf(record)));

/** Returns a record that belongs to the chat above it, or null if it cannot be read or may not come here. */
function ofChat(record: unknown, { messages, documents }: Known): OfChat | null {
  switch (typeOf(record)) {
    case "document":
      return accepted(documentRecordSchema, record, (document) => documents.add(document));
    case "text":
      return accepted(textRecordSchema, record, (text) => documents.addText(text));
    case "draft":
      return accepted(draftRecordSchema, record, ({ attachments }) => documents.haveAll(attachments));
    default: {
      const message = accepted(messageRecordSchema, record, isFitMessage);
      const isPlaced = message !== null && isPlacedIn(message, messages);
      if (!isPlaced || !documents.haveAll(message.attachments ?? [])) return null;
      messages.add(message.id);
      return message;
    }
  }
}

function expectHead(record: unknown): void {
  const head = headRecordSchema.safeParse(record);
  if (head.success) return;
  const { version } = (record ?? {}) as { version?: unknown };
  if (typeof version === "number" && Number.isSafeInteger(version) && version > chatFileVersion) {
    throw new WorkbenchError("import-newer", { case: "version", version });
  }
  throw new WorkbenchError("import-failed", { case: "damaged" });
}

const typeOf = (record: unknown): unknown =>
  typeof record === "object" && record !== null ? (record as { type?: unknown }).type : undefined;

/** Returns the record itself, whose objects keep the order of their fields, or null. */
function accepted<Schema extends z.ZodType<ChatRecord | OfChat>>(
  schema: Schema,
  record: unknown,
  isFit: (value: z.output<Schema>) => boolean,
): z.output<Schema> | null {
  const parsed = schema.safeParse(record);
  return parsed.success && isFit(parsed.data) ? (record as z.output<Schema>) : null;
}

const isSmall = (value: object | null): boolean =>
  value === null || JSON.stringify(value).length <= importLimits.objectChars;

const isFitChat = ({ title, systemPrompt, draft, replySettings, place, folder }: ChatRecord): boolean =>
  (folder?.name.length ?? 0) <= importLimits.titleChars &&
  title.length <= importLimits.titleChars &&
  systemPrompt.length <= importLimits.systemPromptChars &&
  draft.length <= importLimits.textChars &&
  isSmall(replySettings) &&
  isSmall(place);

const isFitMessage = ({ text, thought, model, stats, problem }: MessageRecord): boolean =>
  text.length <= importLimits.textChars &&
  (thought?.length ?? 0) <= importLimits.textChars &&
  isSmall(model) &&
  isSmall(stats) &&
  isSmall(problem);

const isPlacedIn = ({ id, parentId }: MessageRecord, known: ReadonlySet<string>): boolean =>
  !known.has(id) && (parentId === null || known.has(parentId));
