import type { ImportSource, SkipReason } from "../../contract/imports.ts";
import type {
  ChatRecord,
  DocumentRecord,
  DraftRecord,
  FolderRecord,
  MessageRecord,
  PresetRecord,
  TextRecord,
} from "../exports/chatFile.ts";

/**
 * What is read from a file, in its order. A `skipped` means the chat above it if `isBegun`: that one cannot be read to its
 * end. Otherwise it is a chat of which nothing was returned.
 */
export type Incoming =
  | { type: "source"; source: ImportSource }
  | FolderRecord
  | PresetRecord
  | ChatRecord
  | DocumentRecord
  | TextRecord
  | DraftRecord
  | MessageRecord
  | { type: "skipped"; reason: SkipReason; isBegun: boolean }
  /** Parts of messages for which this app has no place. */
  | { type: "leftOut"; count: number }
  /** The end of a chat file is missing, or it was changed. */
  | { type: "incomplete" };
