import type { BrowserWindow } from "electron";
import type { AskedErasure } from "../contract/disk.ts";
import type { Texts } from "../texts/texts.ts";
import { askInDialog } from "./askInDialog.ts";

/** Where the words of each question are, except that with a count. */
const keys = {
  everything: "eraseEverything",
  lockedChats: "eraseLockedChats",
  lockedBackups: "eraseLockedBackups",
  backups: "deleteBackups",
  setAside: "eraseSetAside",
} as const;

/** Asks whether everything, or what cannot be had again, is erased, in a dialog that the page cannot answer. */
export async function confirmErase(
  window: BrowserWindow,
  texts: Texts,
  asked: AskedErasure | { kind: "everything" },
): Promise<boolean> {
  const { say } = texts;
  const words =
    asked.kind === "chats"
      ? [say("eraseChats.message", { count: asked.count }), say("eraseChats.detail"), say("eraseChats.erase")]
      : (["message", "detail", "erase"] as const).map((part) => say(`${keys[asked.kind]}.${part}`));
  const [message = "", detail = "", action = ""] = words;
  return await askInDialog(window, texts, { type: "warning", message, detail, action });
}
