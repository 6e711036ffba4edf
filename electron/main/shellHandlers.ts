import { basename, join } from "node:path";
import { app, clipboard, dialog, shell, type BrowserWindow } from "electron";
import type { Handlers } from "../contract/calls.ts";
import type { shellCalls } from "../contract/shell.ts";
import { isFile } from "../contract/modelKinds.ts";
import type { Language } from "../contract/languages.ts";
import type { Texts } from "../texts/texts.ts";
import { toError, toProblem, WorkbenchError } from "../contract/errors.ts";
import type { CommandLink } from "../workbench/command/CommandLink.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { beginErasing } from "../workbench/home/eraseJournal.ts";
import { makeFolderSync } from "../workbench/home/makeFolder.ts";
import { withUsualModes } from "../workbench/home/privateModes.ts";
import { fileNameOf } from "../workbench/exports/fileNameOf.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { AppWindows } from "./AppWindows.ts";
import type { ChatPrints } from "./ChatPrints.ts";
import { confirmErase } from "./confirmErase.ts";
import { diagnostics } from "./diagnostics.ts";
import { exportChats } from "./exportChats.ts";
import { licences } from "./licences.ts";
import { openLink } from "./openLink.ts";
import { saveFile } from "./saveFile.ts";

export interface ShellOptions {
  windows: AppWindows;
  prints: ChatPrints;
  home: string;
  licencesFile: string;
  command: CommandLink;
  texts: Texts;
  systemLanguage: Language;
  faults: FaultLog;
  workbench: Promise<
    Pick<
      Workbench,
      | "call"
      | "chooseLlamaServer"
      | "linkModel"
      | "planFolder"
      | "isOffline"
      | "exportChats"
      | "exportedPath"
      | "readImport"
      | "attachDocuments"
      | "chooseDocumentFolder"
    >
  >;
  /** Ends the app as usual and starts it again. */
  restart: () => void;
}

/** Files that the dialog shows first. Any other text can be read too. */
const documentEndings =
  "pdf docx odt epub html htm md txt csv tsv json xml yaml tex log c cpp css go java js py rs sh sql ts".split(" ");

/** Returns the handlers of the calls that need the desktop, for the window that makes them. */
export function shellHandlers({
  windows,
  prints,
  home,
  licencesFile,
  command,
  texts,
  systemLanguage,
  faults,
  workbench,
  restart,
}: ShellOptions): (window: BrowserWindow) => Handlers<typeof shellCalls> {
  /** Rejects with `chat-not-found`, before a window is opened for the chat. */
  const expectChat = async (chatId: string): Promise<void> => {
    await (await workbench).call("chats.open", { chatId });
  };

  return (window) => ({
    "shell.info": () => ({
      version: app.getVersion(),
      electronVersion: process.versions.electron,
      chromiumVersion: process.versions.chrome,
      nodeVersion: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      home,
      systemLanguage,
    }),
    "shell.openLink": ({ url }) => openLink(window, texts, url, async () => (await workbench).isOffline()),
    "shell.importModel": async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("openFile.title"),
        properties: ["openFile"],
        filters: [
          { name: texts.say("openFile.models"), extensions: ["gguf"] },
          { name: texts.say("openFile.all"), extensions: ["*"] },
        ],
      });
      const [path] = filePaths;
      if (path === undefined) return null;
      try {
        return await (await workbench).linkModel(path);
      } catch (error) {
        throw toError({ ...toProblem(error), file: basename(path) });
      }
    },
    "shell.showModel": async ({ modelId }) => {
      const models = await (await workbench).call("models.list", {});
      const model = models.find(({ id }) => id === modelId);
      if (model === undefined || !isFile(model)) throw new WorkbenchError("model-not-found");
      await withUsualModes(async () => shell.showItemInFolder(model.source.path));
      return null;
    },
    "shell.chooseLlamaServer": async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("llamaServer:window.chooseTitle"),
        properties: ["openFile"],
      });
      const [path] = filePaths;
      return path === undefined ? null : await (await workbench).chooseLlamaServer(path);
    },
    "shell.chooseModelsFolder": async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("openFolder.title"),
        buttonLabel: texts.say("openFolder.choose"),
        properties: ["openDirectory", "createDirectory"],
      });
      const [path] = filePaths;
      return path === undefined ? null : await (await workbench).planFolder(path);
    },
    "shell.openModelsFolder": async () => {
      const { path: folder, isInHome, isMissing } = await (await workbench).call("folder.state", {});
      if (isMissing) throw new WorkbenchError("models-folder-missing", { folder });
      if (isInHome) makeFolderSync(folder);
      // This may start a file manager, and the files that it creates are not ours.
      await withUsualModes(() => shell.openPath(folder));
      return null;
    },
    "shell.copyText": async ({ text }) => {
      await clipboard.writeText(text);
      return null;
    },
    "shell.saveFile": (file) => saveFile(window, texts, file),
    "shell.openChatWindow": async ({ chatId }) => {
      await expectChat(chatId);
      windows.showChat(chatId);
      return null;
    },
    "shell.printChat": async ({ chatId, messageId }) => {
      await expectChat(chatId);
      await prints.print(chatId, messageId);
      return null;
    },
    "shell.saveReplyPdf": async ({ chatId, messageId }) => {
      const { chat } = await (await workbench).call("chats.open", { chatId });
      const printing = prints.pdfs();
      try {
        const content = await printing.pdf(chatId, { thoughts: false, outline: true, messageId });
        const fileName = `${fileNameOf(chat.title, texts.say("chats:untitled"))}.pdf`;
        return await saveFile(window, texts, { fileName, content });
      } finally {
        printing.close();
      }
    },
    "shell.exportChats": (request) => exportChats({ window, texts, prints, workbench }, request),
    "shell.showExport": async () => {
      const path = (await workbench).exportedPath();
      if (path === null) return false;
      await withUsualModes(async () => shell.showItemInFolder(path));
      return true;
    },
    "shell.importChats": async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("imports:openTitle"),
        properties: ["openFile"],
        filters: [
          { name: texts.say("imports:files"), extensions: ["jsonl", "json", "zip", "sqlite", "db"] },
          { name: texts.say("imports:allFiles"), extensions: ["*"] },
        ],
      });
      const [path] = filePaths;
      if (path === undefined) return false;
      // The events tell how it goes on.
      void (await workbench).readImport(path).catch((error: unknown) => faults.add(String(error)));
      return true;
    },
    "shell.attachFiles": async ({ chatId }) => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("chats:documents.openTitle"),
        properties: ["openFile", "multiSelections"],
        filters: [
          { name: texts.say("chats:documents.files"), extensions: documentEndings },
          { name: texts.say("openFile.all"), extensions: ["*"] },
        ],
      });
      if (filePaths.length === 0) return false;
      await (await workbench).attachDocuments(chatId, filePaths);
      return true;
    },
    "shell.chooseDocumentFolder": async ({ folderId }) => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts.say("chats:folderDocuments.openTitle"),
        buttonLabel: texts.say("openFolder.choose"),
        properties: ["openDirectory"],
      });
      const [path] = filePaths;
      if (path === undefined) return false;
      await (await workbench).chooseDocumentFolder(folderId, path);
      return true;
    },
    "shell.printReady": ({ chatId }) => {
      prints.ready(window, chatId);
      return null;
    },
    "shell.left": () => {
      windows.left(window);
      return null;
    },
    "shell.runInMain": (asked) => {
      windows.tellOne(windows.showMain(), "shell.action", asked);
      return null;
    },
    "shell.zoom": ({ to }) => windows.zoom(to),
    "shell.showOnDisk": async ({ kind, isOutside }) => {
      const { entries } = await (await workbench).call("disk.list", {});
      const place = entries.find((entry) => entry.kind === kind && entry.isOutside === isOutside)?.places[0];
      if (place === undefined) return false;
      await withUsualModes(async () => shell.showItemInFolder(place));
      return true;
    },
    "shell.eraseEverything": async () => {
      // Rejects if it is not possible now.
      await (await workbench).call("disk.planErase", {});
      if (!(await confirmErase(window, texts, { kind: "everything" }))) return false;
      await beginErasing(home);
      setImmediate(restart);
      return true;
    },
    "shell.openHome": async () => {
      await withUsualModes(() => shell.openPath(home));
      return null;
    },
    "shell.openLogs": async () => {
      const folder = join(home, "logs");
      makeFolderSync(folder);
      // This may start a file manager, and the files that it creates are not ours.
      await withUsualModes(() => shell.openPath(folder));
      return null;
    },
    "shell.copyDiagnostics": async () => {
      await clipboard.writeText(await diagnostics(home, workbench));
      void dialog.showMessageBox(window, {
        type: "info",
        message: texts.say("diagnostics.copied"),
        detail: texts.say("diagnostics.detail"),
        buttons: [texts.say("diagnostics.close")],
        cancelId: 0,
        noLink: true,
      });
      return null;
    },
    "shell.command": () => command.state(),
    "shell.installCommand": () => withUsualModes(() => command.install()),
    "shell.removeCommand": () => command.remove(),
    "shell.licences": () => licences(licencesFile),
    "shell.processorTime": () => {
      const pid = window.webContents.getOSProcessId();
      const seconds = app.getAppMetrics().find((metrics) => metrics.pid === pid)?.cpu.cumulativeCPUUsage;
      return seconds === undefined ? null : seconds * 1000;
    },
    "shell.logFault": ({ faultId, text }) => {
      faults.add(`The page: ${text}`, faultId);
      return null;
    },
  });
}
