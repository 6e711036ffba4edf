/** The window's current location. It is kept in the address, so that a reload returns to the same place. */
export type Route =
  | { screen: "chat"; chatId: string | null }
  /** `tab`: as the address names it; empty if it names none. */
  | { screen: "models" | "hardware" | "settings"; tab: string };

export function parseRoute(hash: string): Route {
  const [screen = "", place = ""] = hash.replace(/^#\/?/, "").split("/");
  if (screen === "models" || screen === "hardware" || screen === "settings") return { screen, tab: place };
  try {
    return { screen: "chat", chatId: place === "" ? null : decodeURIComponent(place) };
  } catch {
    return { screen: "chat", chatId: null };
  }
}

export const chatHash = (chatId: string | null): string =>
  chatId === null ? "#/chat" : `#/chat/${encodeURIComponent(chatId)}`;

/** A tab of Settings, or one setting on it. */
export const settingsHash = (tab: string, setting?: string): string =>
  setting === undefined ? `#/settings/${tab}` : `#/settings/${tab}/${setting}`;
