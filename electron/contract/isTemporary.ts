/** Begins the ids of chats, and of their messages, that are kept only in memory. */
export const temporaryPrefix = "temporary-";

/** Returns whether this is the id of a temporary chat or of a message in one: nothing of it may get to the disk. */
export function isTemporary(id: string): boolean {
  return id.startsWith(temporaryPrefix);
}
