import { readFileSync } from "node:fs";
import { systemCode } from "../../../electron/workbench/systemCode.ts";
import { filesOf } from "./filesOf.ts";

/** Returns the files below a folder that contain a word, as UTF-8 or UTF-16, as memory and Chromium hold it. */
export function filesWith(folder: string, word: string): string[] {
  const forms = [Buffer.from(word), Buffer.from(word, "utf16le")];
  return filesOf(folder).filter((path) => {
    const content = contentOf(path);
    return forms.some((form) => content.includes(form));
  });
}

/** A running app may have deleted the file meanwhile: then nothing. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
