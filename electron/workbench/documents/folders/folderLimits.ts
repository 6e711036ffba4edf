import { documentFolderLimits } from "../../../contract/documentFolderLimits.ts";

/** Limits for a folder of documents. What is beyond them is counted and told. */
export const folderLimits = {
  files: documentFolderLimits.files,
  /** How deep folders may be nested. */
  depth: 12,
  /** How many files and folders are looked at. */
  entries: 100_000,
  /** Of the text of all its documents, in UTF-16 code units: as much as can be indexed. */
  chars: documentFolderLimits.chars,
  /** How long the list of its files may take, and opening one of them. */
  listMs: 20_000,
  openMs: 10_000,
  /** How long a question waits for what has changed. */
  questionMs: 5_000,
  /** It is not looked at more often unless somebody asks. */
  restMs: 5_000,
};
