import { type BrowserWindow, dialog } from "electron";
import type { Texts } from "../texts/texts.ts";

export interface Question {
  type: "question" | "warning";
  message: string;
  detail: string;
  /** The words of the button that agrees. */
  action: string;
}

/**
 * Resolves with whether the user agrees, in a dialog that the page cannot answer or close: what a model writes must not be
 * able to do this, whatever it does to the page.
 */
export async function askInDialog(window: BrowserWindow, { say }: Texts, question: Question): Promise<boolean> {
  const { action, ...words } = question;
  const { response } = await dialog.showMessageBox(window, {
    ...words,
    buttons: [action, say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
