/** What the page is shown in: the main window, the window of a single chat, or a hidden one to be printed. */
export type WindowKind = "main" | "chat" | "print";

/** Returns the kind of this window, which main puts into its address. */
export function windowKind({ search }: Pick<Location, "search"> = window.location): WindowKind {
  if (search === "?chat") return "chat";
  return search === "?print" || search === "?print-thoughts" ? "print" : "main";
}

/** Returns whether thoughts are printed too. */
export const printsThoughts = ({ search }: Pick<Location, "search"> = window.location): boolean =>
  search === "?print-thoughts";

/** Returns the message of the address that is printed alone, or null for the whole chat: see `electron/main/chatAddress`. */
export function printedMessage({ hash }: Pick<Location, "hash"> = window.location): string | null {
  const [, , , messageId = ""] = hash.split("/");
  try {
    return decodeURIComponent(messageId) || null;
  } catch {
    return null;
  }
}
