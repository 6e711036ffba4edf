import type { Texts } from "../texts/texts.ts";
import { dialog, type BrowserWindow } from "electron";

/** Asks the user whether to connect to a hub for the first time. The page cannot answer or close this dialog. */
export async function confirmHub(window: BrowserWindow, { say }: Texts, origin: string): Promise<boolean> {
  const { protocol } = new URL(origin);
  const detail = [say("confirmHub.detail"), ...(protocol === "https:" ? [] : [say("confirmHub.unencrypted")])];
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: say("confirmHub.message", { origin }),
    detail: detail.join("\n\n"),
    buttons: [say("confirmHub.connect"), say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
