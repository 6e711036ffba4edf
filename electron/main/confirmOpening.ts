import type { BrowserWindow } from "electron";
import type { Texts } from "../texts/texts.ts";
import { askInDialog } from "./askInDialog.ts";

/** Asks the user, outside the page, whether web pages of an origin may use the models. Null: the local network. */
export async function confirmOpening(window: BrowserWindow, texts: Texts, origin: string | null): Promise<boolean> {
  const { say } = texts;
  const words =
    origin === null
      ? {
          message: say("confirmNetwork.message"),
          detail: `${say("confirmNetwork.detail")}\n\n${say("confirmNetwork.firewall")}`,
          action: say("confirmNetwork.allow"),
        }
      : {
          message: say("confirmOrigin.message", { origin }),
          detail: say("confirmOrigin.detail"),
          action: say("confirmOrigin.allow"),
        };
  return await askInDialog(window, texts, { type: "warning", ...words });
}
