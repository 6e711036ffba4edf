import type { Texts } from "../texts/texts.ts";
import { dialog, type BrowserWindow } from "electron";

/**
 * Asks the user whether to connect to a hub for the first time, or to add a server. The page cannot answer or close this
 * dialog.
 */
export async function confirmConnection(
  window: BrowserWindow,
  { say }: Texts,
  what: "confirmHub" | "confirmServer",
  origin: string,
): Promise<boolean> {
  const { protocol } = new URL(origin);
  const detail = [say(`${what}.detail`), ...(protocol === "https:" ? [] : [say(`${what}.unencrypted`)])];
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: say(`${what}.message`, { origin }),
    detail: detail.join("\n\n"),
    buttons: [say(`${what}.connect`), say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
