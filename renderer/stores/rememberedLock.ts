const rememberedIn = "chatsStartLocked";

/** Returns whether the chats were expected to be locked when this window opens. */
export function rememberedLocked(): boolean {
  try {
    return localStorage.getItem(rememberedIn) !== null;
  } catch {
    return false;
  }
}

export function rememberLocked(isLocked: boolean): void {
  try {
    if (isLocked) localStorage.setItem(rememberedIn, "1");
    else localStorage.removeItem(rememberedIn);
  } catch {
    // What is not remembered is asked for.
  }
}
