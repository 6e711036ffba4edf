import { z } from "zod";
import { call } from "./call.ts";
import type { Language } from "./languages.ts";
import type { Model } from "./models.ts";
import { faultIdPattern } from "./faultId.ts";

export interface AppInfo {
  version: string;
  electronVersion: string;
  chromiumVersion: string;
  platform: string;
  /** The only folder that the app writes to. */
  home: string;
  /** The one of the app's languages that the user's system prefers. */
  systemLanguage: Language;
}

/** In characters, or in bytes for binary data. */
const longestText = 16_000_000;

/** Calls that need the desktop. Only Electron main handles them. */
export const shellCalls = {
  "shell.info": call<AppInfo>()(z.object({})),
  /** Shows where the link goes and opens it in the browser if the user agrees. Returns false if the user declined. */
  "shell.openLink": call<boolean>()(z.object({ url: z.string().max(8192) })),
  /**
   * Opens a file dialog and links the chosen GGUF file without moving it. Returns null if none was chosen. Rejects with
   * the file's problem.
   */
  "shell.importModel": call<Model | null>()(z.object({})),
  "shell.copyText": call<null>()(z.object({ text: z.string().max(longestText) })),
  /**
   * Asks the user where to save and writes there. `fileName` is a suggestion. Returns the name of the file without its
   * folder, or null if the user cancelled. Rejects with `file-not-saved` or `disk-full`.
   */
  "shell.saveFile": call<string | null>()(
    z.object({
      fileName: z.string().min(1).max(200),
      content: z.union([
        z.string().max(longestText),
        z.instanceof(Uint8Array).refine(({ length }) => length <= longestText),
      ]),
    }),
  ),
  /** Returns the processor time that the page's process has used, in milliseconds, or null if it is not known. */
  "shell.processorTime": call<number | null>()(z.object({})),
  /** Logs an unexpected failure of the page. */
  "shell.logFault": call<null>()(z.object({ faultId: z.string().regex(faultIdPattern), text: z.string().max(20_000) })),
};
