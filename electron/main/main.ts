import { existsSync } from "node:fs";
import { join } from "node:path";
import { app, type BrowserWindow, Menu, powerMonitor, session, shell } from "electron";
import type { ActionId } from "../contract/actions.ts";
import { channels } from "../contract/bridge.ts";
import type { ChatLockState } from "../contract/chatLock.ts";
import type { EventListener, EventName, Events } from "../contract/events.ts";
import { type Problem, problemOf, toProblem } from "../contract/errors.ts";
import { type Settings, settingsSchema } from "../contract/settings.ts";
import { failureLine } from "../texts/failureText.ts";
import { chooseLanguage } from "../texts/languages.ts";
import { loadTexts } from "../texts/loadTexts.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { PlainChats } from "../workbench/chats/PlainChats.ts";
import { FaultLog } from "../workbench/faults/FaultLog.ts";
import { showProblems } from "../workbench/faults/showProblems.ts";
import { readUpdateSource } from "../workbench/updates/UpdateSource.ts";
import { isErasing } from "../workbench/home/eraseJournal.ts";
import { ownSubfolder } from "../workbench/home/homeEntries.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { makeHomeFolder } from "../workbench/home/makeHomeFolder.ts";
import { AppWindows } from "./AppWindows.ts";
import { appId } from "./appId.ts";
import { serveApp } from "./appProtocol.ts";
import { ChatPrints } from "./ChatPrints.ts";
import { commandOfApp } from "./commandOfApp.ts";
import { confirmErase } from "./confirmErase.ts";
import { confirmConnection } from "./confirmConnection.ts";
import { confirmOpening } from "./confirmOpening.ts";
import { closeToInspection } from "./closeToInspection.ts";
import { apiServerHandlers } from "./apiServerHandlers.ts";
import { closeWorkbench } from "./closeWorkbench.ts";
import { downloadSigns } from "./downloadSigns.ts";
import { filesHandedOver, type HandedOver } from "./filesHandedOver.ts";
import { FilesToOpen } from "./FilesToOpen.ts";
import { expectInstanceLock } from "./expectInstanceLock.ts";
import { guardAllContents } from "./guardContents.ts";
import { hasGraphics } from "./hasGraphics.ts";
import { openIpcDoor } from "./ipcDoor.ts";
import { installKind } from "./installKind.ts";
import { keptSecrets } from "./keptSecrets.ts";
import { keepUnexpected } from "./keepUnexpected.ts";
import { setMenu, updateMenu } from "./menu.ts";
import { pageRead } from "./pageRead.ts";
import { pageWindow } from "./pageWindow.ts";
import { ownAppImage } from "./ownAppImage.ts";
import { ownProgram } from "./ownProgram.ts";
import { replySigns } from "./replySigns.ts";
import { diagramHandlers } from "./preview/diagramHandlers.ts";
import { previewHandlers } from "./preview/previewHandlers.ts";
import { readArguments } from "./readArguments.ts";
import { refuseStart } from "./refuseStart.ts";
import { registerSchemes } from "./registerSchemes.ts";
import { beginSession } from "./sessionMark.ts";
import { cutOffChromium, guardAllSessions } from "./sessionGuards.ts";
import { sandboxNotice } from "./sandboxNotice.ts";
import { shellHandlers } from "./shellHandlers.ts";
import { showNotification } from "./showNotification.ts";

/*
 * Startup in order: everything that Electron requires before `ready`, then the window, then the workbench, whose code is
 * most of the app's and is loaded once the page has run its own, while it draws the first frame; the store and the engine
 * open once the window is shown. Calls from the page wait for the workbench, but the first frame does not.
 */
const warmUpAfterMs = 100;
// Another program's, inherited from it: nothing here may start or replace that one.
if (ownAppImage() === null) delete process.env["APPIMAGE"];
const home = homeFolder();
const faults = new FaultLog(home);
const systemLanguage = chooseLanguage(app.getPreferredSystemLanguages());
const texts = await loadTexts(systemLanguage);
keepUnexpected(faults, texts);
const problem = homeProblem();
app.setName("R1 Workbench");
app.setAppUserModelId(appId);
if (problem === null) {
  app.setPath("userData", home);
  app.setPath("sessionData", join(home, "browser", ownSubfolder));
}

// Also needed when the start is refused, because Chromium shows that dialog.
closeToInspection();
cutOffChromium();
let recordRefused: (host: string) => void = () => undefined;
guardAllSessions((host) => recordRefused(host));
guardAllContents();
// Ours is set once the window opens; Electron's own is not built.
Menu.setApplicationMenu(null);

const filesToOpen = new FilesToOpen();
// macOS names files in this event only, which may come before the app is ready.
app.on("open-file", (event, path) => {
  event.preventDefault();
  filesToOpen.add([path]);
});
const startedWith = readArguments(app.getAppPath());

if (problem !== null) {
  refuseStart(texts, problem);
} else if (startedWith.again !== null) {
  app.relaunch(startedWith.again);
  app.exit(0);
} else if (app.requestSingleInstanceLock({ files: startedWith.files } satisfies HandedOver)) {
  filesToOpen.add(startedWith.files);
  // Now that no other instance uses the home, and before Chromium opens its files there.
  const blocked = isErasing(home) ? await eraseProblem() : null;
  if (blocked !== null) refuseStart(texts, blocked);
  registerSchemes();
  if (!hasGraphics(process.platform)) app.disableHardwareAcceleration();
  // Chromium's sandbox does not work as root, and enableSandbox() would undo --no-sandbox for child processes only.
  if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  if (blocked === null) void app.whenReady().then(start);
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

/** Erases everything, as the user asked. Resolves with the problem if that failed, or null. Its code loads SQLite. */
async function eraseProblem(): Promise<Problem | null> {
  try {
    const { eraseHome } = await import("../workbench/disk/eraseHome.ts");
    eraseHome(home);
    return null;
  } catch (error) {
    return toProblem(error);
  }
}

function start(): void {
  const paths = appPaths(import.meta.dirname);
  const plainChats = new PlainChats(home);
  let settings: Settings = settingsSchema.parse({});
  let used: () => void = () => undefined;
  /** Null until it is known. */
  let lockState: ChatLockState["state"] | null = null;
  const renewItems = (): void => updateMenu({ hasChat: windows.showsChat, canLock: lockState === "open" });

  const followLink = (from: BrowserWindow, url: string): void => {
    Promise.resolve(shellFor(from)["shell.openLink"]({ url })).catch(() => {
      // No message is needed for a refused link that the page itself opened.
    });
  };
  const { preload, icon } = paths;
  const windows = new AppWindows({
    home,
    preload,
    icon,
    texts,
    plainChats,
    faults,
    keepsChat: () => settings.startWith === "lastChat",
    onShown: startWork,
    onLink: followLink,
    onFocus: () => renewItems(),
    onUsed: () => used(),
    onClosed: () => {
      if (windows.all.length === 0) prints.close();
    },
    onReloaded: () => addNotice(problemOf("page-crashed")),
  });
  const prints = new ChatPrints(() => pageWindow({ preload, icon, onLink: followLink, skipTaskbar: true }));
  const showDownloads = downloadSigns({
    texts,
    window: () => windows.all[0] ?? null,
    isWatched: () => windows.focused !== null,
    onClick: () => windows.showMain(),
  });
  const replies = replySigns({
    texts,
    isWatched: () => windows.focused !== null,
    settings: () => settings,
    isEncrypted: () => lockState !== "off",
    notify: showNotification,
    onClick: (chatId) => windows.bringUp(chatId),
  });

  const useSettings = (chosen: Settings): void => {
    settings = chosen;
    void texts.choose(chosen.language === "system" ? systemLanguage : chosen.language);
  };
  const tell: EventListener = (name, data) => {
    windows.tell(
      name,
      showProblems(data, (problem) => faults.shown(problem)),
    );
    // The compiler cannot infer from the name which data it has.
    const as = <Name extends EventName>(): Events[Name] => data as unknown as Events[Name];
    if (name === "settings.changed") useSettings(as<"settings.changed">());
    if (name === "chatLock.changed") {
      const { state } = as<"chatLock.changed">();
      const wasOpen = lockState === "open";
      lockState = state;
      renewItems();
      if (wasOpen && (state === "locked" || state === "unreadable")) {
        prints.close();
        windows.reload();
      }
    }
    if (name === "downloads.changed") showDownloads(as<"downloads.changed">());
    if (name === "runs.started") replies.started(as<"runs.started">().runId);
    if (name === "runs.ended") replies.ended(as<"runs.ended">());
  };
  serveApp(paths.renderer);
  const firstPage = pageRead(windows.showMain());
  const workbench = firstPage.then(async () => {
    const { openWorkbench } = await import("../workbench/workbench.ts");
    return await openWorkbench({
      ...paths,
      home,
      isApp: true,
      plainChats,
      faults,
      onEvent: tell,
      secrets: keptSecrets(home),
      saveTyped: () => windows.saveTyped(),
      confirmErase: (asked) => confirmErase(windows.current(), texts, asked),
      confirmHub: (origin) => confirmConnection(windows.current(), texts, "confirmHub", origin),
      confirmServer: (origin) => confirmConnection(windows.current(), texts, "confirmServer", origin),
      confirmWorkers: (addresses) =>
        confirmConnection(windows.current(), texts, "confirmWorkers", addresses.join(", ")),
      resolveProxy: (url) => session.defaultSession.resolveProxy(url),
      trash: (path) => shell.trashItem(path),
      updates: {
        source: readUpdateSource(paths.updateSource, app.isPackaged ? null : process.env),
        install: installKind({ ...process, isPackaged: app.isPackaged, exists: existsSync }),
      },
    });
  });
  const addNotice = (notice: Problem): void => {
    workbench.then(
      (opened) => opened.addNotice(notice),
      () => undefined,
    );
  };
  void workbench.then(
    (opened) => {
      used = () => opened.used();
      opened.call("chatLock.state", {}).then(
        ({ state }) => {
          lockState = state;
        },
        () => undefined,
      );
      const onSleep = (): void => {
        if (settings.lockOnSleep) void opened.lockChats();
      };
      powerMonitor.on("suspend", onSleep);
      powerMonitor.on("lock-screen", onSleep);
    },
    () => undefined,
  );
  const ownSession = beginSession(home, app.getVersion());
  const { crashed } = ownSession;
  if (crashed !== null) {
    faults.add(`The app ended without being closed: version ${crashed.version}, started at ${crashed.startedAt}.`);
    addNotice(problemOf("app-ended"));
  }
  const unprotected = sandboxNotice(ownAppImage(), (name) => app.commandLine.hasSwitch(name));
  if (unprotected !== null) addNotice(unprotected);
  recordRefused = (host) => {
    workbench.then(
      (opened) => opened.recordRefused(host),
      () => undefined,
    );
  };
  const settingsRead = workbench
    .then((opened) => opened.call("settings.get", {}))
    .then(useSettings)
    .catch(() => undefined);
  workbench.catch((error: unknown) => {
    process.stderr.write(`${failureLine(texts, faults.shownError(error))}\n`);
  });

  /** Resolves with whether a window of this chat is opened again at the start. */
  const isWanted = async (chatId: string): Promise<boolean> => {
    await settingsRead;
    if (settings.startWith !== "lastChat") return false;
    return workbench
      .then((opened) => opened.call("chats.open", { chatId }))
      .then(
        () => true,
        // Its window asks to unlock the chats.
        (error: unknown) => toProblem(error).code === "chats-locked",
      );
  };

  /** Starting the engine or other windows at once would delay the first key that the page takes. */
  function startWork(): void {
    setTimeout(() => {
      workbench.then(
        (opened) => {
          opened.warmUp();
          void apiServer.then(
            ({ api }) => api.resume(),
            () => undefined,
          );
          void opened.call("downloads.list", {}).then(showDownloads, () => undefined);
        },
        () => undefined,
      );
      void windows.reopenChats(isWanted);
    }, warmUpAfterMs);
  }

  const shellFor = shellHandlers({
    windows,
    prints,
    home,
    licencesFile: paths.licences,
    command: commandOfApp(),
    texts,
    systemLanguage,
    faults,
    workbench,
    restart: () => {
      endsFor = "restart";
      const execPath = ownProgram();
      app.relaunch(execPath === null ? {} : { execPath });
      app.quit();
    },
  });
  const previewFor = previewHandlers({
    texts,
    folder: paths.preview,
    tell: (window, name, data) => window.webContents.send(channels.event, name, data),
  });
  const diagramsFor = diagramHandlers(paths.preview);
  const apiServer = workbench.then(async (opened) => {
    const { openApiServer } = await import("../server/openApiServer.ts");
    return await openApiServer({
      home,
      workbench: opened,
      confirmOpening: (origin) => confirmOpening(windows.current(), texts, origin),
      onEvent: tell,
    });
  });
  // That the workbench cannot be opened is said where it is used.
  apiServer.catch(() => undefined);
  const ofServer = apiServerHandlers(apiServer);
  openIpcDoor({
    windowOf: (contents) => windows.of(contents) ?? prints.of(contents),
    workbench,
    ofWindow: (window) => ({ ...shellFor(window), ...previewFor(window), ...diagramsFor(window), ...ofServer }),
    openFiles,
    faults,
  });

  /** Shows what these files are, in the main window. */
  function openFiles(paths: readonly string[]): void {
    windows.showMain();
    workbench.then(
      (opened) => opened.openFiles(paths),
      () => undefined,
    );
  }
  filesToOpen.begin(openFiles);

  /** Does what was chosen in the menu; what does not need a page works without one. */
  function choose(action: ActionId): void {
    const window = windows.current();
    if (action === "openLogs" || action === "copyDiagnostics") void shellFor(window)[`shell.${action}`]({});
    else windows.tellOne(window, "shell.action", { action });
  }
  const renewMenu = (): void => {
    setMenu({ texts, onAction: choose });
    renewItems();
  };
  void firstPage.then(renewMenu);
  texts.i18n.on("languageChanged", renewMenu);
  app.on("second-instance", (_event, _args, _folder, handedOver) => {
    windows.showMain();
    filesToOpen.add(filesHandedOver(handedOver));
  });
  app.on("activate", () => windows.showMain());
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });

  let isClosing = false;
  let closed = false;
  let endsFor: "quit" | "shutdown" | "restart" = "quit";
  // macOS and Linux wait until the app has quit.
  powerMonitor.on("shutdown", ((event: Electron.Event) => {
    event.preventDefault();
    endsFor = "shutdown";
    app.quit();
  }) as () => void);
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    // Stores the running replies as they are, then stops the engine.
    void windows
      .end()
      .then(() =>
        apiServer.then(
          ({ close }) => close(),
          () => undefined,
        ),
      )
      .then(() => workbench)
      .then(async (opened) => {
        await closeWorkbench(opened, endsFor, async (update) => {
          const { installUpdate } = await import("./installUpdate.ts");
          await installUpdate(update, home, faults);
        });
      })
      .catch(() => {})
      .finally(() => {
        closed = true;
        ownSession.end();
        app.quit();
      });
  });
}
