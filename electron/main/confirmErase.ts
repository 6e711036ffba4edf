import { type BrowserWindow, dialog } from "electron";
import type { AskedErasure } from "../contract/disk.ts";
import type { Texts } from "../texts/texts.ts";

/** Where the words of each question are, except that with a count. */
const keys = {
  everything: "eraseEverything",
  lockedChats: "eraseLockedChats",
  lockedBackups: "eraseLockedBackups",
  backups: "deleteBackups",
  setAside: "eraseSetAside",
} as const;

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
    asked.kind === "chats"
      ? [say("eraseChats.message", { count: asked.count }), say("eraseChats.detail"), say("eraseChats.erase")]
      : (["message", "detail", "erase"] as const).map((part) => say(`${keys[asked.kind]}.${part}`));
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
