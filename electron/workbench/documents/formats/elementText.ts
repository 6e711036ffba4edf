import { readMarkup } from "./readMarkup.ts";

/** Returns the text of the first element of a name, in one line of at most 300 characters; null if there is none. */
export function elementText(xml: string, wanted: string): string | null {
  let text = "";
  let state: "before" | "in" | "after" = "before";
  readMarkup(xml, "xml", {
    open(name) {
      if (state === "before" && name === wanted) state = "in";
    },
    text(piece) {
      if (state === "in") text += piece;
    },
    close(name) {
      if (state === "in" && name === wanted) state = "after";
    },
  });
  return text.replace(/\s+/g, " ").trim().slice(0, 300) || null;
}
