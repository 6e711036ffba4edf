import { z } from "zod";
import { folderNameSchema } from "../../contract/chatFolders.ts";
import { thinkingSchema } from "../../contract/chats.ts";
import { earlierSummarySchema } from "../../contract/earlierSummary.ts";
import {
  documentFormats,
  documentUnits,
  documentUses,
  pageRangesSchema,
  passageSchema,
} from "../../contract/documents.ts";
import { presetSchema } from "../../contract/presets.ts";

/*
 * The records of a chat file, one JSON object a line; docs/chat-file.md describes it for people. A file of a newer
 * version is refused, and so is a field that is not known, because it could not be kept.
 */
export const chatFileFormat = "r1-workbench-chats";
export const chatFileVersion = 4;

/** JavaScript has no dates after it, and none as long before 1970. In milliseconds since then. */
export const lastTime = 8_640_000_000_000_000;

/** What a record may hold, besides what `importLimits` says. */
export const recordLimits = {
  idChars: 64,
  modelIdChars: 200,
  /** Of the names of the fields of an object of which every field is kept. */
  fieldNameChars: 40,
  /** The pieces of text that were pasted into a draft. */
  pasted: 10_000,
  /** Of a message, or of a draft. */
  attachments: 1000,
  /** Of one attachment. */
  passages: 1000,
  documentNameChars: 1000,
  documentTitleChars: 10_000,
};
const time = z.number().int().min(-lastTime).max(lastTime);
const id = z.string().min(1).max(recordLimits.idChars);
const text = z.string();
const object = z.record(z.string().max(recordLimits.fieldNameChars), z.unknown());

export const headRecordSchema = z.strictObject({
  format: z.literal(chatFileFormat),
  /**
   * Version 1 has no folders and no archived chats, 2 no documents, 3 no presets, no summaries and no folders without
   * chats.
   */
  version: z.literal([1, 2, 3, chatFileVersion]),
  /** The version of the app that wrote it. */
  app: z.string().max(100),
  exportedAt: z.string().max(40),
  /** False if thoughts were left out. */
  thoughts: z.boolean(),
  chats: z.number().int().min(0),
});

/** A folder without chats, above all chats. The folder of a chat is in the chat. */
export const folderRecordSchema = z.strictObject({ type: z.literal("folder"), id, name: folderNameSchema });
export type FolderRecord = z.output<typeof folderRecordSchema>;

/** A prompt preset, above all chats. */
export const presetRecordSchema = z.strictObject({ type: z.literal("preset"), ...presetSchema.shape });
export type PresetRecord = z.output<typeof presetRecordSchema>;

/** A chat. Its messages follow, each after its parent. */
export const chatRecordSchema = z.strictObject({
  type: z.literal("chat"),
  id,
  title: text,
  titledBy: z.enum(["nobody", "message", "user"]),
  createdAt: time,
  updatedAt: time,
  pinned: z.boolean(),
  thinking: thinkingSchema,
  systemPrompt: text,
  /** What is within these objects is read by the schema that reads the store. */
  replySettings: object.nullable(),
  modelId: z.string().max(recordLimits.modelIdChars).nullable(),
  /** The last message of the branch that is shown. */
  leafId: id.nullable(),
  /** The first message that is sent to the model, or null for the first of the branch. */
  promptFrom: id.nullable(),
  place: object.nullable(),
  draft: text,
  pasted: z.array(text).max(recordLimits.pasted).nullable(),
  edit: z.strictObject({ messageId: id, text, part: z.literal("thought").optional() }).nullable(),
  archived: z.boolean().default(false),
  /** Whether its questions are searched for in the documents that stay with its folder. */
  searchesFolder: z.boolean().default(true),
  folder: z
    .strictObject({ id, name: z.string().min(1) })
    .nullable()
    .default(null),
});
export type ChatRecord = z.output<typeof chatRecordSchema>;

/** How a document of the chat is used by a message or by the draft. */
const attachedSchema = z.strictObject({
  documentId: id,
  use: z.enum(documentUses),
  pages: pageRangesSchema,
  passages: z.array(passageSchema).max(recordLimits.passages),
  /** True if it was found in the documents that stay with the folder of the chat. Otherwise left out. */
  ofFolder: z.boolean().optional(),
});
export type AttachedRecord = z.output<typeof attachedSchema>;
const attachments = z.array(attachedSchema).max(recordLimits.attachments);

/** A document of the chat above it. Its texts follow. */
export const documentRecordSchema = z.strictObject({
  type: z.literal("document"),
  id,
  format: z.enum(documentFormats),
  unit: z.enum(documentUnits).nullable(),
  name: z.string().min(1).max(recordLimits.documentNameChars),
  title: z.string().max(recordLimits.documentTitleChars).nullable(),
  /** How many pages or chapters it has. */
  parts: z.number().int().min(1),
  /** Of all its texts, in UTF-16 code units. */
  chars: z.number().int().min(0),
  sizeBytes: z.number().int().min(0),
  /** Of the file that it was read from. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: time,
  /** True if it was damaged on the disk, and has only what could be read. Otherwise left out. */
  damaged: z.literal(true).optional(),
});
export type DocumentRecord = z.output<typeof documentRecordSchema>;

/** Text of the document above it: the next piece of a page or chapter. */
export const textRecordSchema = z.strictObject({ type: z.literal("text"), part: z.number().int().min(1), text });
export type TextRecord = z.output<typeof textRecordSchema>;

/** The documents of the chat's draft. They are above it. */
export const draftRecordSchema = z.strictObject({ type: z.literal("draft"), attachments });
export type DraftRecord = z.output<typeof draftRecordSchema>;

/** A message of the chat above it. */
export const messageRecordSchema = z.strictObject({
  type: z.literal("message"),
  id,
  parentId: id.nullable(),
  role: z.enum(["user", "assistant"]),
  createdAt: time,
  text,
  thought: text.nullable(),
  state: z.enum(["done", "stopped", "failed", "interrupted"]),
  model: object.nullable(),
  stats: object.nullable(),
  problem: object.nullable(),
  /** Its documents, which are above it. Left out if there are none. */
  attachments: attachments.optional(),
  /** What the model is sent in place of this message and those above it. Left out if there is none. */
  summary: earlierSummarySchema.optional(),
});
export type MessageRecord = z.output<typeof messageRecordSchema>;

/** The last line. Without it, the file is not complete. */
export const endRecordSchema = z.strictObject({
  type: z.literal("end"),
  chats: z.number().int().min(0),
  messages: z.number().int().min(0),
  /** Of all bytes before this line, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
