import { type BrowserWindow, dialog } from "electron";
import type { AskedErasure } from "../contract/disk.ts";
import type { Texts } from "../texts/texts.ts";

/**
 * Asks whether everything, or what cannot be had again, is erased, in a dialog that the page cannot answer: what a model
 * writes must not be able to do this, whatever it does to the page.
 */
export async function confirmErase(
  window: BrowserWindow,
  { say }: Texts,
  asked: AskedErasure | { kind: "everything" },
): Promise<boolean> {
  const words =
    asked.kind === "everything"
      ? [say("eraseEverything.message"), say("eraseEverything.detail"), say("eraseEverything.erase")]
      : asked.kind === "chats"
        ? [say("eraseChats.message", { count: asked.count }), say("eraseChats.detail"), say("eraseChats.erase")]
        : asked.kind === "backups"
          ? [say("deleteBackups.message"), say("deleteBackups.detail"), say("deleteBackups.erase")]
          : [say("eraseSetAside.message"), say("eraseSetAside.detail"), say("eraseSetAside.erase")];
  const [message = "", detail = "", erase = ""] = words;
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    message,
    detail,
    buttons: [erase, say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
