import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { dialog, type BrowserWindow } from "electron";
import { toProblem, WorkbenchError } from "../contract/errors.ts";
import type { Texts } from "../texts/texts.ts";
import { withUsualModes } from "../workbench/home/privateModes.ts";
import { systemText } from "./systemText.ts";

interface FileToSave {
  /** What the page suggests. A folder in it is ignored. */
  fileName: string;
  content: string | Uint8Array;
}

/**
 * Asks where to, and writes there and nowhere else. Answers the name that the person gave, or null when they cancelled.
 * Fails with `file-not-saved` or `disk-full`.
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
    if (toProblem(error).code === "disk-full") throw new WorkbenchError("disk-full");
    throw new WorkbenchError("file-not-saved", undefined, error instanceof Error ? error.message : String(error));
  }
  return basename(filePath);
}
