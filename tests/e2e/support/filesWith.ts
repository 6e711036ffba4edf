import { readFileSync } from "node:fs";
import { systemCode } from "../../../electron/workbench/systemCode.ts";
import { filesOf } from "./filesOf.ts";

/** Returns the files below a folder that contain a word, as UTF-8 or UTF-16, as memory and Chromium hold it, or these bytes. */
export function filesWith(folder: string, word: string | Buffer): string[] {
  const forms = typeof word === "string" ? [Buffer.from(word), Buffer.from(word, "utf16le")] : [word];
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
