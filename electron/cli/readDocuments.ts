import { basename } from "node:path";
import type { PageRange, ReadDocument } from "../contract/documents.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { chosenParts } from "../workbench/documents/chosenParts.ts";
import { type MessageFile, textOfParts } from "../workbench/documents/fileMessage.ts";
import { readDocument } from "../workbench/documents/readDocument.ts";

/** A document with the name of its file. */
export interface NamedDocument {
  name: string;
  document: ReadDocument;
}

/** Reads the files of `r1 chat --file`, one after the other. Throws `document-unreadable`, or an AbortError. */
export async function readDocuments(paths: readonly string[], signal: AbortSignal): Promise<NamedDocument[]> {
  const { engine, documentReader } = appPaths(import.meta.dirname);
  const documents: NamedDocument[] = [];
  for (const path of paths) {
    const reader = { nodePath: engine.nodePath, entry: documentReader };
    documents.push({ name: basename(path), document: await readDocument(reader, path, { signal }) });
  }
  return documents;
}

/** Returns documents as a message has them; of the only one, with `pages`, these. Throws `pages-not-there`. */
export function wholeFiles(documents: readonly NamedDocument[], pages: readonly PageRange[] | null): MessageFile[] {
  return documents.map(({ name, document: { unit, parts } }) => {
    const chosen = chosenParts({ name, unit, parts: parts.length }, pages);
    return { name, text: textOfParts(chosen.map((number) => parts[number - 1] ?? "")) };
  });
}
