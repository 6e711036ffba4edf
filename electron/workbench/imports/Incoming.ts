import type { ImportSource, SkipReason } from "../../contract/imports.ts";
import type { ChatRecord, MessageRecord } from "../exports/chatFile.ts";

/**
 * What is read from a file, in its order. A `skipped` that follows a chat means that chat, which cannot be read to its
 * end; otherwise one that could not even be begun.
 */
export type Incoming =
  | { type: "source"; source: ImportSource }
  | ChatRecord
  | MessageRecord
  | { type: "skipped"; reason: SkipReason; isBegun: boolean }
  /** Parts of messages for which this app has no place. */
  | { type: "leftOut"; count: number }
  /** The end of a chat file is missing, or it was changed. */
  | { type: "incomplete" };
