import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { dialog, type BrowserWindow } from "electron";
import type { Texts } from "../texts/texts.ts";
import { withUsualModes } from "../workbench/home/privateModes.ts";
import { notSaved } from "./notSaved.ts";
import { systemText } from "./systemText.ts";

interface FileToSave {
  /** The name that the page suggests. Any folder in it is ignored. */
  fileName: string;
  content: string | Uint8Array;
}

/**
 * Asks the user where to save and writes there and nowhere else. Resolves with the chosen file name, or null if the
 * user cancelled. Rejects with `file-not-saved` or `disk-full`.
 */
export async function saveFile(
  window: BrowserWindow,
  { say }: Texts,
  { fileName, content }: FileToSave,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: say("save"),
    defaultPath: systemText(basename(fileName.replaceAll("\\", "/")), 200),
  });
  if (canceled || filePath === "") return null;
  try {
    await withUsualModes(() => writeFile(filePath, content));
  } catch (error) {
    throw notSaved(error);
  }
  return basename(filePath);
}
