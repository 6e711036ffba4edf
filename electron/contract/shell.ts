import { z } from "zod";
import { actionIds } from "./actions.ts";
import { call } from "./call.ts";
import { diskKinds } from "./disk.ts";
import { draftChat } from "./documents.ts";
import { exportRequestSchema } from "./exports.ts";
import type { Language } from "./languages.ts";
import type { MovePlan } from "./folder.ts";
import type { LlamaServerState } from "./llamaServer.ts";
import type { Model } from "./models.ts";
import { faultIdPattern } from "./faultId.ts";

export interface AppInfo {
  version: string;
  electronVersion: string;
  chromiumVersion: string;
  nodeVersion: string;
  platform: string;
  /** The only folder that the app writes to. */
  home: string;
  /** The one of the app's languages that the user's system prefers. */
  systemLanguage: Language;
}

/** Software of other people that is part of the app, and the licence under which it is. */
export interface Licence {
  /** Its name and version, and the short name of the licence if it has one. */
  title: string;
  text: string;
}

/**
 * Whether terminals find the `r1` command. All paths are for reading only.
 *
 *   absent ─▶ installed ─▶ absent
 */
export type R1Command =
  /** `isOnPath`: whether terminals look into the folder of the link. */
  | { state: "absent" | "installed"; link: string; isOnPath: boolean }
  /** Something else is there, which the app leaves alone. */
  | { state: "taken"; link: string }
  /** The app's package has installed it. */
  | { state: "packaged"; link: string }
  /** The app makes no link here. `file` is the command itself, if there is one that stays where it is. */
  | { state: "unavailable"; file: string | null };

export const zoomChanges = ["in", "out", "reset"] as const;
export type ZoomChange = (typeof zoomChanges)[number];

const chat = z.object({ chatId: z.string().min(1).max(64) });
const messageId = z.string().min(1).max(64);

/** In characters, or in bytes for binary data. */
const longestText = 16_000_000;

/** Calls that need the desktop. Only Electron main handles them. */
export const shellCalls = {
  "shell.info": call<AppInfo>()(z.object({})),
  /** Shows where the link goes and opens it in the browser if the user agrees. Returns false if the user declined. */
  "shell.openLink": call<boolean>()(z.object({ url: z.string().max(8192) })),
  /**
   * Opens a file dialog and links the chosen GGUF file without moving it. Returns null if none was chosen. Rejects with
   * the file's problem, which names the file.
   */
  "shell.importModel": call<Model | null>()(z.object({})),
  /** Shows a model's file in the system's file manager. Rejects with `model-not-found`. */
  "shell.showModel": call<null>()(z.object({ modelId: z.string().min(1).max(200) })),
  /**
   * Opens a file dialog for the program llama-server. Returns the state with it, or null if none was chosen. Rejects with
   * `llama-server-failed`.
   */
  "shell.chooseLlamaServer": call<LlamaServerState | null>()(z.object({})),
  /**
   * Opens a folder dialog. Returns what moving the models into the chosen folder would do, or null if none was chosen.
   * Rejects with `models-move-refused` or `models-moving`.
   */
  "shell.chooseModelsFolder": call<MovePlan | null>()(z.object({})),
  /**
   * Opens the models folder in the system's file manager, and creates it if necessary. Rejects with
   * `models-folder-missing`.
   */
  "shell.openModelsFolder": call<null>()(z.object({})),
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
  /** Shows a chat in a window of its own. Rejects with `chat-not-found`. */
  "shell.openChatWindow": call<null>()(chat),
  /**
   * Opens the system's print dialog with all messages of a chat, or with one reply of the shown branch. Rejects with
   * `chat-not-found` or `print-failed`.
   */
  "shell.printChat": call<null>()(chat.extend({ messageId: messageId.optional() })),
  /**
   * Asks the user where to save one reply of the shown branch as a PDF, and writes there. Returns the name of the file
   * without its folder, or null if the user cancelled. Rejects as `shell.printChat` and `shell.saveFile` do.
   */
  "shell.saveReplyPdf": call<string | null>()(chat.extend({ messageId })),
  /**
   * Asks the user where to save and exports chats there, which `exports.changed` follows. Returns false if the user
   * cancelled. Rejects with `chat-not-found` or `export-running`.
   */
  "shell.exportChats": call<boolean>()(exportRequestSchema),
  /** Shows the last exported file in the system's file manager. Returns false if there is none. */
  "shell.showExport": call<boolean>()(z.object({})),
  /**
   * Opens a file dialog and reads the chosen file for a preview, which `imports.changed` follows. Returns false if none
   * was chosen. Rejects with `import-running`.
   */
  "shell.importChats": call<boolean>()(z.object({})),
  /**
   * Opens a file dialog and attaches the chosen files to a draft, which `documents.changed` follows. Returns false if none
   * was chosen. Rejects with `documents-too-many`.
   */
  "shell.attachFiles": call<boolean>()(z.object({ chatId: draftChat })),
  /**
   * Opens a folder dialog and has the documents of the chosen folder stay with a folder of chats, which
   * `documents.foldersChanged` follows. Returns false if none was chosen. Rejects with `chat-folder-not-found`.
   */
  "shell.chooseDocumentFolder": call<boolean>()(z.object({ folderId: z.string().min(1).max(64) })),
  /** Tells main that the page which was opened to be printed shows all of a chat. Other pages have no use for it. */
  "shell.printReady": call<null>()(chat),
  /** Answers `shell.leaving`: what was typed is saved, and the window may close. */
  "shell.left": call<null>()(z.object({})),
  /**
   * Does an action in the app's main window, which is shown. For the window of a single chat. `setting`: the one that
   * the settings show.
   */
  "shell.runInMain": call<null>()(z.object({ action: z.enum(actionIds), setting: z.string().max(64).optional() })),
  /** Changes the size of everything in all windows. Returns it in per cent, from 50 to 200. */
  "shell.zoom": call<number>()(z.object({ to: z.enum(zoomChanges) })),
  /** Shows where a kind of file is kept, in the system's file manager. Returns false if there is none. */
  "shell.showOnDisk": call<boolean>()(z.object({ kind: z.enum(diskKinds), isOutside: z.boolean() })),
  /**
   * Ends the app, erases everything that it keeps, and starts it again as at the first start, if the user agrees in a
   * dialog. Returns before it ends, and false if the user declined. Rejects with `models-moving`.
   */
  "shell.eraseEverything": call<boolean>()(z.object({})),
  /** Opens the home folder in the system's file manager. */
  "shell.openHome": call<null>()(z.object({})),
  /** Opens the folder of `faults.log` in the system's file manager. */
  "shell.openLogs": call<null>()(z.object({})),
  /** Copies what a bug report needs, without chats and paths, and says so in a dialog. */
  "shell.copyDiagnostics": call<null>()(z.object({})),
  /** Returns whether terminals find the `r1` command. */
  "shell.command": call<R1Command>()(z.object({})),
  /** Makes a link to the `r1` command where terminals find it. Rejects with `command-not-linked`. */
  "shell.installCommand": call<R1Command>()(z.object({})),
  /** Deletes that link. Rejects with `command-not-linked`. */
  "shell.removeCommand": call<R1Command>()(z.object({})),
  /** Returns the licences of the software that the app contains, apart from Electron's own. */
  "shell.licences": call<Licence[]>()(z.object({})),
  /** Returns the processor time that the page's process has used, in milliseconds, or null if it is not known. */
  "shell.processorTime": call<number | null>()(z.object({})),
  /** Logs an unexpected failure of the page. */
  "shell.logFault": call<null>()(z.object({ faultId: z.string().regex(faultIdPattern), text: z.string().max(20_000) })),
};
