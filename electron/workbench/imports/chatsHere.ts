const idsAtOnce = 1000;

/**
 * Returns which of these chats are here.
 * @param shown Resolves with those of the given chats that are here.
 */
export async function chatsHere(
  ids: readonly string[],
  shown: (chatIds: string[]) => Promise<string[]>,
): Promise<Set<string>> {
  const here = new Set<string>();
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    for (const id of await shown(ids.slice(at, at + idsAtOnce))) here.add(id);
  }
  return here;
}
