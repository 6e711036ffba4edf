/** The window's current location. It is kept in the address, so that a reload returns to the same place. */
export type Route = { screen: "chat"; chatId: string | null } | { screen: "models" | "hardware" | "settings" };

export function parseRoute(hash: string): Route {
  const [screen = "", chatId = ""] = hash.replace(/^#\/?/, "").split("/");
  if (screen === "models" || screen === "hardware" || screen === "settings") return { screen };
  try {
    return { screen: "chat", chatId: chatId === "" ? null : decodeURIComponent(chatId) };
  } catch {
    return { screen: "chat", chatId: null };
  }
}

export const chatHash = (chatId: string | null): string =>
  chatId === null ? "#/chat" : `#/chat/${encodeURIComponent(chatId)}`;
