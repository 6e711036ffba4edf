/** The page's address with a chat open in it; null: one not yet begun. The page reads it in `renderer/app/route.ts`. */
export const chatAddress = (page: string, chatId: string | null): string =>
  chatId === null ? page : `${page}#/chat/${encodeURIComponent(chatId)}`;

/** Returns the chat that an address of the page shows; null: one not yet begun; undefined: it is on another screen. */
export function chatInAddress(address: string): string | null | undefined {
  const [screen, chatId = ""] = (address.split("#", 2)[1] ?? "").replace(/^\/?/, "").split("/");
  if (screen !== "" && screen !== "chat") return undefined;
  try {
    return decodeURIComponent(chatId) || null;
  } catch {
    return null;
  }
}
