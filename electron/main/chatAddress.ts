/**
 * Returns the page's address with a chat open in it; null stands for a chat that is not created yet.
 * `renderer/app/route.ts` parses it.
 */
export const chatAddress = (page: string, chatId: string | null): string =>
  chatId === null ? page : `${page}#/chat/${encodeURIComponent(chatId)}`;

/**
 * Returns the id of the chat that an address of the page shows, null for a chat that is not created yet, or undefined
 * if the address is another screen's.
 */
export function chatInAddress(address: string): string | null | undefined {
  const [screen, chatId = ""] = (address.split("#", 2)[1] ?? "").replace(/^\/?/, "").split("/");
  if (screen !== "" && screen !== "chat") return undefined;
  try {
    return decodeURIComponent(chatId) || null;
  } catch {
    return null;
  }
}
