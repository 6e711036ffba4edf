import { createHash } from "node:crypto";
import type { ReadDocument } from "../../../electron/contract/documents.ts";

/** Returns a document as it is read, with these pages, or with this text if it has none. */
export function readText(text: string | string[]): ReadDocument {
  const parts = typeof text === "string" ? [text] : text;
  const sha256 = createHash("sha256").update(parts.join("\f")).digest("hex");
  const unit = typeof text === "string" ? null : "page";
  return { format: unit === null ? "text" : "pdf", title: null, unit, parts, sizeBytes: 1234, sha256 };
}
