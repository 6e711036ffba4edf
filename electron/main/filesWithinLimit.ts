/**
 * In bytes. Chromium hands the arguments of a second instance to the first in a message of at most 32 KB, with its folder
 * and our list of files. If a message is longer, Chromium takes the first instance for a hung one and kills it.
 */
export const mostHandedOverBytes = 12_000;

/** Returns as many of the files, in order, as can be handed over in a list. */
export function filesWithinLimit(files: readonly string[]): string[] {
  let bytes = 0;
  // A string may be sent with two bytes for each character.
  return files.filter((file) => (bytes += 2 * file.length + 8) <= mostHandedOverBytes);
}
