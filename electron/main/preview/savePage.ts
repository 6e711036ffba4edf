import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, parse } from "node:path";
import { type BrowserWindow, dialog } from "electron";
import type { PreviewPage } from "../../contract/preview.ts";
import type { Texts } from "../../texts/texts.ts";
import { uniqueNames } from "../../workbench/exports/fileNameOf.ts";
import { withUsualModes } from "../../workbench/home/privateModes.ts";
import { isReservedName } from "../../workbench/isReservedName.ts";
import { systemCode } from "../../workbench/systemCode.ts";
import { notSaved } from "../notSaved.ts";
import { saveFile } from "../saveFile.ts";

/**
 * Asks the user where to save a page and writes there: one file as a file, several into a new folder. Resolves with the
 * chosen name, or null if the user cancelled. Rejects with `file-not-saved` or `disk-full`.
 */
export async function savePage(window: BrowserWindow, texts: Texts, { files }: PreviewPage): Promise<string | null> {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) {
    return saveFile(window, texts, { fileName: only.name, content: only.text });
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: texts.say("preview:saveFolder"),
    defaultPath: texts.say("preview:folderName"),
  });
  if (canceled || filePath === "") return null;
  try {
    await withUsualModes(async () => {
      await mkdir(filePath).catch((error: unknown) => {
        if (systemCode(error) !== "EEXIST") throw error;
      });
      // What is already in a folder of this name stays as it is.
      const unique = uniqueNames();
      for (const { name, text } of files)
        await writeFile(join(filePath, savedName(name, unique)), text, { flag: "wx" });
    });
  } catch (error) {
    throw notSaved(error);
  }
  return basename(filePath);
}

/** Returns a name that any system can create beside those before it, for a file that a page loads by `name`. */
function savedName(name: string, unique: ReturnType<typeof uniqueNames>): string {
  // Windows removes points at the end.
  const { name: stem, ext } = parse(name.replace(/\.+$/, ""));
  return unique(isReservedName(stem) ? `${stem}_` : stem, ext);
}
