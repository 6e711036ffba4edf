import { focusComposer } from "./focusComposer.ts";

/** Inserts a text where the caret is in the message, as if it had been typed: it can be undone. */
export function insertIntoComposer(text: string): void {
  // A dialog that is just closing would take the focus back.
  requestAnimationFrame(() => {
    focusComposer();
    // Nothing else adds to the field's history of changes.
    document.execCommand("insertText", false, text);
  });
}
