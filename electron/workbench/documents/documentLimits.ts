/** Limits for what a document may contain. What is beyond them is refused, never cut. */
export const documentLimits = {
  /** Of the file. */
  bytes: 200_000_000,
  /** Of all files in a document that is an archive, when unpacked. */
  unpackedBytes: 400_000_000,
  archiveFiles: 20_000,
  pages: 20_000,
  /** Of the text, in UTF-16 units. */
  chars: 40_000_000,
  /** How deep elements may be nested. */
  depth: 2_000,
  /** Of the process that reads it. */
  memoryBytes: 1_500_000_000,
  ms: 120_000,
};
