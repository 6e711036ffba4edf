/** What a file may hold. Everything that people have is far below. */
export const importLimits = {
  chats: 100_000,
  messages: 5_000_000,
  /** Of one chat of another app. */
  foreignMessages: 200_000,
  /** Of the file, or of all files in a .zip file together when unpacked. */
  bytes: 16_000_000_000,
  /** Of one line, or of one chat of another app, which are parsed as a whole. */
  itemBytes: 64 * 1024 * 1024,
  /** Of one message. */
  textChars: 16_000_000,
  /** Of one chat. */
  documents: 10_000,
  titleChars: 2_000,
  systemPromptChars: 1_000_000,
  /** Of an object of which every field is kept, as JSON. */
  objectChars: 200_000,
  /** Of objects and lists in each other. */
  depth: 64,
  zipEntries: 100_000,
  /** How much smaller a file of a .zip file may be when packed, if it is larger than `ratioBytes`. */
  ratio: 200,
  ratioBytes: 50_000_000,
  milliseconds: 30 * 60_000,
};
