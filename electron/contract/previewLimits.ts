/** What a previewed page may be, and what is kept of its console. */
export const previewLimits = {
  files: 20,
  /** In characters, of each file and of all of them. */
  fileChars: 2_000_000,
  pageChars: 4_000_000,
  /** In characters: what a console entry keeps of its text, and what is read of an element that was pointed at. */
  textChars: 2000,
  /** How many entries a window keeps of a page's console. */
  entries: 1000,
} as const;
