import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/**
 * `json`: a chat file of ours, which can be imported again without loss. `markdown`: text; a .zip file has one for each
 * chat. `html`: one page. `pdf`: as chats are printed, each on pages of its own.
 */
const exportFormats = ["json", "markdown", "html", "pdf"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What was written. */
export interface ExportResult {
  format: ExportFormat;
  /** Without its folder. */
  fileName: string;
  chats: number;
  messages: number;
  sizeBytes: number;
}

/**
 * The lifecycle of an export:
 *
 *   none ─▶ writing ─▶ written ─(closed)─▶ none
 *              ├─▶ failed ─(closed)─▶ none
 *              └─(cancelled)─▶ none
 */
export type ExportState =
  | { state: "none" }
  /** In chats. */
  | { state: "writing"; format: ExportFormat; done: number; total: number }
  | { state: "written"; result: ExportResult }
  | { state: "failed"; problem: Problem };

const ids = z.array(z.string().min(1).max(64)).min(1).max(100_000);

/** What is exported. Null: all chats. */
export const exportRequestSchema = z.object({
  chatIds: ids.nullable(),
  format: z.enum(exportFormats),
  /** Whether thoughts are included. */
  thoughts: z.boolean(),
});
export type ExportRequest = z.output<typeof exportRequestSchema>;

export const exportsCalls = {
  "exports.state": call<ExportState>()(z.object({})),
  /** Ends the export. The file that it was to replace is unchanged. */
  "exports.cancel": call<null>()(z.object({})),
  /** Forgets how the last export ended. */
  "exports.close": call<null>()(z.object({})),
};
