import { type BrowserWindow, dialog } from "electron";
import type { Texts } from "../texts/texts.ts";

/**
 * Asks whether everything is erased, in a dialog that the page cannot answer: what a model writes must not be able to do
 * this, whatever it does to the page.
 */
export async function confirmErase(window: BrowserWindow, { say }: Texts): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    message: say("eraseEverything.message"),
    detail: say("eraseEverything.detail"),
    buttons: [say("eraseEverything.erase"), say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
