import { basename } from "node:path";
import type { PageRange } from "../contract/documents.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { chosenParts } from "../workbench/documents/chosenParts.ts";
import { type MessageFile, textOfParts } from "../workbench/documents/fileMessage.ts";
import { readDocument } from "../workbench/documents/readDocument.ts";

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
    const { unit, parts } = document;
    const chosen = chosenParts({ name, unit, parts: parts.length }, pages);
    files.push({ name, text: textOfParts(chosen.map((number) => parts[number - 1] ?? "")) });
  }
  return files;
}
