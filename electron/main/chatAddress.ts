/**
 * Returns the page's address with a chat open in it; null stands for a chat that is not created yet. The page that is
 * printed shows only the message, if one is given. `renderer/app/route.ts` parses it.
 */
export function chatAddress(page: string, chatId: string | null, messageId?: string): string {
  if (chatId === null) return page;
  const address = `${page}#/chat/${encodeURIComponent(chatId)}`;
  return messageId === undefined ? address : `${address}/${encodeURIComponent(messageId)}`;
}

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
