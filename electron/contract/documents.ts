import { z } from "zod";
import { call } from "./call.ts";
import { documentFolderCalls } from "./documentFolders.ts";
import type { Problem } from "./errors.ts";

/** The formats whose text is read. `text` is anything that is text: notes, code, Markdown, CSV. */
export const documentFormats = ["text", "html", "pdf", "docx", "odt", "epub"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** What the parts of a document are. */
export const documentUnits = ["page", "chapter"] as const;
export type DocumentUnit = (typeof documentUnits)[number];

/** The text of a document. */
export interface DocumentText {
  format: DocumentFormat;
  /** By the document itself. */
  title: string | null;
  /** Null if the format knows neither pages nor chapters, so that there is one part. */
  unit: DocumentUnit | null;
  parts: string[];
}

/** The text of a document, with what identifies its file. */
export interface ReadDocument extends DocumentText {
  sizeBytes: number;
  /** Of the file, in hexadecimal digits. */
  sha256: string;
}

/** Pages or chapters from `first` to `last`, both included, counted from 1. */
export const pageRangeSchema = z
  .strictObject({ first: z.number().int().min(1), last: z.number().int().min(1) })
  .refine(({ first, last }) => first <= last);
export type PageRange = z.output<typeof pageRangeSchema>;
/** How many ranges of pages can be chosen. */
export const mostPageRanges = 1000;
/** Null: all of them. */
export const pageRangesSchema = z.array(pageRangeSchema).min(1).max(mostPageRanges).nullable();

/** How a document is used: all of its text or only passages found in it, in either case of all its pages or of chosen ones. */
export const documentUses = ["whole", "search"] as const;
export type DocumentUse = (typeof documentUses)[number];

/** None is longer, in UTF-16 code units. Those of this app are at most a fifth of it. */
export const mostPassageChars = 10_000;
/** A place in a document, with the number by which the model can name it. */
export const passageSchema = z.strictObject({
  number: z.number().int().min(1),
  /** Counted from 1. */
  part: z.number().int().min(1),
  /** Where it begins in the text of the part, in UTF-16 code units. */
  start: z.number().int().min(0),
  length: z.number().int().min(1).max(mostPassageChars),
});
export type Passage = z.output<typeof passageSchema>;

/** Where a passage is: in which piece of the text of its part, and where it begins there, in UTF-16 code units. */
export interface PassagePlace {
  part: number;
  piece: number;
  start: number;
  length: number;
}

/** A document of a message, or of a draft. Several attachments may have the same document. */
export interface Attachment {
  id: string;
  documentId: string;
  /** Of the file, without its folder. */
  name: string;
  format: DocumentFormat;
  unit: DocumentUnit | null;
  /** How many pages or chapters it has; 1 if it knows neither. */
  parts: number;
  /** How many of them have no text, as scanned pages. */
  emptyParts: number;
  /** Of the file. */
  sizeBytes: number;
  /** Of the text, in UTF-16 code units. */
  chars: number;
  use: DocumentUse;
  /** Which pages or chapters are sent or searched. Null: all. */
  pages: PageRange[] | null;
  /** What was found in it for the message. Empty unless it is searched. */
  passages: Passage[];
  /** Whether it was found in the folder of documents of the chat’s folder. */
  ofFolder?: boolean;
}

/**
 * A document of a draft:
 *
 *   reading ─▶ ready
 *      └─────▶ refused
 */
export type DraftDocument =
  | { state: "reading"; id: string; name: string }
  /** It stays until it is removed, so that its problem can be read. */
  | { state: "refused"; id: string; name: string; problem: Problem }
  | { state: "ready"; id: string; attachment: Attachment };

/** A draft has at most this many documents. */
export const mostDocuments = 20;

/** How many tokens a document takes in the prompt. */
export interface DocumentTokens {
  tokens: number;
  /** Whether the loaded model has counted them. If not, it is an estimate from the length of the text. */
  isExact: boolean;
}

/** A piece of the text of a page or chapter. */
export interface DocumentPiece {
  text: string;
  /** The number of the next piece of the same page or chapter. Null if there is none. */
  next: number | null;
  /** False if it was changed on the disk by something other than this app. */
  isIntact: boolean;
}

const id = z.string().min(1).max(64);
/** Null stands for the chat that will be created with the next message. */
export const draftChat = id.nullable();

/** Documents are attached by `shell.attachFiles`, or dropped and pasted (`attachFiles` of the bridge). */
export const documentsCalls = {
  ...documentFolderCalls,
  /** Returns the documents of a draft. */
  "documents.draft": call<DraftDocument[]>()(z.object({ chatId: draftChat })),
  /** Removes a document from a draft, also while it is read. Does nothing if it is not there. */
  "documents.remove": call<null>()(z.object({ chatId: draftChat, id })),
  /** Changes what is given: whether a draft's document is searched, and which pages or chapters. Rejects with `pages-not-there`. */
  "documents.choose": call<null>()(
    z.object({ chatId: draftChat, id, use: z.enum(documentUses).optional(), pages: pageRangesSchema.optional() }),
  ),
  /**
   * Moves the documents of the draft for the next new chat to the draft of the chat that was created for it. Returns what
   * that one has now.
   */
  "documents.toChat": call<DraftDocument[]>()(z.object({ chatId: id })),
  /** Returns how many tokens a document takes. Loads no model. */
  "documents.count": call<DocumentTokens>()(z.object({ attachmentId: id })),
  /** Returns a piece of the text of a page or chapter, each counted from 1 and the pieces from 0. */
  "documents.text": call<DocumentPiece>()(
    z.object({ attachmentId: id, part: z.number().int().min(1), piece: z.number().int().min(0).default(0) }),
  ),
  /** Returns where a passage of a sent document is in these pieces. Rejects with `passage-not-there`. */
  "documents.passage": call<PassagePlace>()(z.object({ attachmentId: id, number: z.number().int().min(1) })),
};
