import type { BrowserWindow } from "electron";
import type { Texts } from "../texts/texts.ts";
import { askInDialog } from "./askInDialog.ts";

/** Asks the user, outside the page, whether to connect to a hub for the first time, or to add a server. */
export async function confirmConnection(
  window: BrowserWindow,
  texts: Texts,
  what: "confirmHub" | "confirmServer",
  origin: string,
): Promise<boolean> {
  const { say } = texts;
  const { protocol } = new URL(origin);
  const detail = [say(`${what}.detail`), ...(protocol === "https:" ? [] : [say(`${what}.unencrypted`)])];
  return await askInDialog(window, texts, {
    type: "question",
    message: say(`${what}.message`, { origin }),
    detail: detail.join("\n\n"),
    action: say(`${what}.connect`),
  });
}
