import { join } from "node:path";
import { app, BrowserWindow, session, shell } from "electron";
import { channels } from "../contract/bridge.ts";
import type { EventListener, Events } from "../contract/events.ts";
import { type Problem, toProblem } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { failureLine } from "../texts/failureText.ts";
import { chooseLanguage } from "../texts/languages.ts";
import { openTexts } from "../texts/texts.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { PlainChats } from "../workbench/chats/PlainChats.ts";
import { FaultLog } from "../workbench/faults/FaultLog.ts";
import { showProblems } from "../workbench/faults/showProblems.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { makeHomeFolder } from "../workbench/home/makeHomeFolder.ts";
import { openWorkbench } from "../workbench/workbench.ts";
import { registerAppScheme, serveApp } from "./appProtocol.ts";
import { confirmHub } from "./confirmHub.ts";
import { closeToInspection } from "./closeToInspection.ts";
import { downloadSigns } from "./downloadSigns.ts";
import { expectInstanceLock } from "./expectInstanceLock.ts";
import { guardAllContents } from "./guardContents.ts";
import { openIpcDoor } from "./ipcDoor.ts";
import { keptSecrets } from "./keptSecrets.ts";
import { keepUnexpected } from "./keepUnexpected.ts";
import { openMainWindow } from "./mainWindow.ts";
import { setMenu } from "./menu.ts";
import { openLink } from "./openLink.ts";
import { refuseStart } from "./refuseStart.ts";
import { cutOffChromium, guardAllSessions } from "./sessionGuards.ts";
import { shellHandlers } from "./shellHandlers.ts";

/*
 * Startup in order: everything that Electron requires before `ready`, then the window; the store and the engine open
 * once it is shown. Calls from the page wait for the workbench, but the first frame does not.
 */
const warmUpAfterMs = 500;
const home = homeFolder();
const faults = new FaultLog(home);
const systemLanguage = chooseLanguage(app.getPreferredSystemLanguages());
const texts = openTexts(systemLanguage);
keepUnexpected(faults, texts);
const problem = homeProblem();
app.setName("R1 Workbench");
if (problem === null) {
  app.setPath("userData", home);
  app.setPath("sessionData", join(home, "browser"));
}

// Also needed when the start is refused, because Chromium shows that dialog.
closeToInspection();
cutOffChromium();
guardAllSessions();
guardAllContents();

if (problem !== null) {
  refuseStart(texts, problem);
} else if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  // Chromium's sandbox does not work as root, and enableSandbox() would undo --no-sandbox for child processes only.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  void app.whenReady().then(start);
} else {
  process.stderr.write(`${texts.say("alreadyRunning")}\n`);
  app.exit(0);
}

/** Creates the home folder. Returns the problem if that failed, or null. */
function homeProblem(): Problem | null {
  try {
    makeHomeFolder(home);
    expectInstanceLock(home);
    return null;
  } catch (error) {
    return toProblem(error);
  }
}

function start(): void {
  const paths = appPaths(import.meta.dirname);
  let window: BrowserWindow | null = null;

  const showDownloads = downloadSigns({ texts, window: () => window, onClick: () => showWindow() });
  const speak = (chosen: Settings["language"]): void => texts.choose(chosen === "system" ? systemLanguage : chosen);
  let startWith: Settings["startWith"] = "lastChat";
  const apply = (settings: Settings): void => {
    speak(settings.language);
    ({ startWith } = settings);
  };
  const tell: EventListener = (name, data) => {
    if (window !== null && !window.isDestroyed()) {
      const shown = showProblems(data, (problem) => faults.shown(problem));
      window.webContents.send(channels.event, name, shown);
    }
    if (name === "settings.changed") apply(data as Events["settings.changed"]);
    if (name === "downloads.changed") showDownloads(data as Events["downloads.changed"]);
  };
  const plainChats = new PlainChats(home);
  const workbench = openWorkbench({
    ...paths,
    home,
    plainChats,
    faults,
    onEvent: tell,
    secrets: keptSecrets(home),
    confirmHub: (origin) => confirmHub(currentWindow(), texts, origin),
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    trash: (path) => shell.trashItem(path),
  });
  workbench
    .then((opened) => opened.call("settings.get", {}))
    .then(apply)
    .catch(() => undefined);
  workbench.catch((error: unknown) => {
    process.stderr.write(`${failureLine(texts, faults.shownError(error))}\n`);
  });

  /** Starting the engine at once would take processor time from the page's first second. */
  function warmUpSoon(): void {
    setTimeout(() => {
      workbench.then(
        (opened) => opened.warmUp(),
        () => undefined,
      );
    }, warmUpAfterMs);
  }

  const currentWindow = (): BrowserWindow => window ?? showWindow();
  openIpcDoor({
    page: () => window?.webContents ?? null,
    workbench,
    shell: shellHandlers({ window: currentWindow, home, texts, systemLanguage, faults, workbench }),
    faults,
  });

  function showWindow(): BrowserWindow {
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return window;
    }
    window = openMainWindow({
      home,
      preload: paths.preload,
      icon: paths.icon,
      keepsChat: () => startWith === "lastChat",
      texts,
      plainChats,
      faults,
      onShown: warmUpSoon,
      onLink: (from, url) => {
        openLink(from, texts, url).catch(() => {
          // No message is needed for a refused link that the page itself opened.
        });
      },
    });
    window.on("closed", () => {
      window = null;
    });
    return window;
  }

  setMenu(texts);
  texts.i18n.on("languageChanged", () => setMenu(texts));
  serveApp(paths.renderer);
  app.on("second-instance", showWindow);
  app.on("activate", showWindow);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });

  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    // Stores the running replies as they are, then stops the engine.
    void workbench
      .then((opened) => opened.close())
      .catch(() => {})
      .finally(() => {
        closed = true;
        app.quit();
      });
  });

  showWindow();
}
