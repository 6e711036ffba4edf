import type { BrowserWindow } from "electron";
import type { Texts } from "../texts/texts.ts";
import { askInDialog } from "./askInDialog.ts";

/**
 * Asks the user, outside the page, whether to connect to a hub for the first time, or to add a server or workers of
 * llama-server.
 */
export async function confirmConnection(
  window: BrowserWindow,
  texts: Texts,
  what: "confirmHub" | "confirmServer" | "confirmWorkers",
  origin: string,
): Promise<boolean> {
  const { say } = texts;
  const isEncrypted = what !== "confirmWorkers" && new URL(origin).protocol === "https:";
  const detail = [say(`${what}.detail`), ...(isEncrypted ? [] : [say(`${what}.unencrypted`)])];
  return await askInDialog(window, texts, {
    type: "question",
    message: say(`${what}.message`, { origin }),
    detail: detail.join("\n\n"),
    action: say(`${what}.connect`),
  });
}
