/**
 * Returns whether a folder belongs to another user, so that it must not be used as the home. Root owns folders of
 * everyone, and may use the folders of all users, for example in a container.
 */
export function isAnothers({ uid }: { uid: number }, user = process.getuid?.()): boolean {
  if (process.platform === "win32" || user === undefined) return false;
  return uid !== 0 && uid !== user && user !== 0;
}
