/** How many files of a folder of documents are read, and how much text of them all, in UTF-16 code units. */
export const documentFolderLimits = { files: 2_000, chars: 100_000_000 };
