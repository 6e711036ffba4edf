/**
 * In bytes. Chromium hands the arguments of a second instance to the first in a message of at most 32 KB, to which ours
 * adds the files once more; if a message is longer, it takes the first instance for a hung one, and ends it.
 */
export const mostHandedOverBytes = 12_000;

/** Returns as many of the files, in order, as can be handed over. */
export function filesWithinLimit(files: readonly string[]): string[] {
  let bytes = 0;
  return files.filter((file) => (bytes += Buffer.byteLength(file) + 8) <= mostHandedOverBytes);
}
