import { app, clipboard, dialog, type BrowserWindow } from "electron";
import type { Handlers } from "../contract/calls.ts";
import type { shellCalls } from "../contract/shell.ts";
import type { Language } from "../contract/languages.ts";
import type { Texts } from "../texts/texts.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { openLink } from "./openLink.ts";
import { saveFile } from "./saveFile.ts";

export interface ShellOptions {
  window: () => BrowserWindow;
  home: string;
  texts: Texts;
  systemLanguage: Language;
  faults: FaultLog;
  workbench: Promise<Pick<Workbench, "linkModel">>;
}

/** Returns the handlers of the calls that need the desktop. */
export function shellHandlers({
  window,
  home,
  texts,
  systemLanguage,
  faults,
  workbench,
}: ShellOptions): Handlers<typeof shellCalls> {
  return {
    "shell.info": () => ({
      version: app.getVersion(),
      electronVersion: process.versions.electron,
      chromiumVersion: process.versions.chrome,
      platform: `${process.platform} ${process.arch}`,
      home,
      systemLanguage,
    }),
    "shell.openLink": ({ url }) => openLink(window(), texts, url),
    "shell.importModel": async () => {
      const { filePaths } = await dialog.showOpenDialog(window(), {
        title: texts.say("openFile.title"),
        properties: ["openFile"],
        filters: [
          { name: texts.say("openFile.models"), extensions: ["gguf"] },
          { name: texts.say("openFile.all"), extensions: ["*"] },
        ],
      });
      const [path] = filePaths;
      return path === undefined ? null : await (await workbench).linkModel(path);
    },
    "shell.copyText": async ({ text }) => {
      await clipboard.writeText(text);
      return null;
    },
    "shell.saveFile": (file) => saveFile(window(), texts, file),
    "shell.processorTime": () => {
      const pid = window().webContents.getOSProcessId();
      const seconds = app.getAppMetrics().find((metrics) => metrics.pid === pid)?.cpu.cumulativeCPUUsage;
      return seconds === undefined ? null : seconds * 1000;
    },
    "shell.logFault": ({ faultId, text }) => {
      faults.add(`The page: ${text}`, faultId);
      return null;
    },
  };
}
