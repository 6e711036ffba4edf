/** Embeddings, overrides and isolates. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g;

/** Returns a chat's title without what would turn the words after it around in a sentence. */
export function titleInSentence(title: string): string {
  return title.replaceAll(turns, "");
}
