import type { WebContents } from "electron";

/** The pages to which the user has given the keyboard. */
const given = new WeakSet<WebContents>();

/** Keeps the keyboard with the window when a page takes it by itself, as pages may whenever they load or like. */
export function keepFocusOut(contents: WebContents, window: WebContents): void {
  contents.on("input-event", (_event, { type }) => {
    if (type === "mouseDown" || type === "touchStart" || type === "gestureTap") giveFocus(contents);
  });
  contents.on("focus", () => {
    // Not within the change of focus, which would go on afterwards.
    setImmediate(() => {
      if (!given.has(contents) && !window.isDestroyed()) window.focus();
    });
  });
  contents.on("blur", () => given.delete(contents));
}

/** Gives a page the keyboard, as the user asked. */
export function giveFocus(contents: WebContents): void {
  given.add(contents);
  if (!contents.isFocused()) contents.focus();
}
