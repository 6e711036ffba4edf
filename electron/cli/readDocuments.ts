import { basename } from "node:path";
import type { DocumentText } from "../contract/documents.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { appPaths } from "../workbench/appPaths.ts";
import type { MessageFile } from "../workbench/documents/fileMessage.ts";
import { readDocument } from "../workbench/documents/readDocument.ts";
import type { PageRange } from "./pageRanges.ts";

/**
 * Reads the files of `r1 chat --file`, one after the other; of the only one, with `pages`, these. Throws
 * `document-unreadable`, `pages-not-there`, or an AbortError.
 */
export async function readDocuments(
  paths: readonly string[],
  pages: readonly PageRange[] | null,
  signal: AbortSignal,
): Promise<MessageFile[]> {
  const { engine, documentReader } = appPaths(import.meta.dirname);
  const files: MessageFile[] = [];
  for (const path of paths) {
    const name = basename(path);
    const document = await readDocument({ nodePath: engine.nodePath, entry: documentReader }, path, { signal });
    const parts = pages === null ? document.parts : chosenParts(document, name, pages);
    files.push({ name, text: parts.join("\n\n") });
  }
  return files;
}

function chosenParts({ unit, parts }: DocumentText, name: string, ranges: readonly PageRange[]): string[] {
  if (unit === null) throw new WorkbenchError("pages-not-there", { name, case: "none" });
  const chosen = new Set<number>();
  for (const { first, last } of ranges) {
    if (last > parts.length) throw new WorkbenchError("pages-not-there", { name, case: unit, last: parts.length });
    for (let number = first; number <= last; number += 1) chosen.add(number);
  }
  return parts.filter((_, index) => chosen.has(index + 1));
}
