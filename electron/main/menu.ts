import { app, Menu, type MenuItemConstructorOptions } from "electron";
import { type ActionId, keysOf } from "../contract/actions.ts";
import { actionName } from "../texts/actionName.ts";
import type { Texts } from "../texts/texts.ts";

export interface MenuOptions {
  texts: Texts;
  platform: NodeJS.Platform;
  /** Called with the action that was chosen. */
  onAction: (action: ActionId) => void;
  /** Whether the commands for developers are shown. */
  isDeveloped: boolean;
}

/** What the focused window shows, as far as the menu depends on it. */
export interface ShownInWindow {
  /** Whether a chat with messages is shown. */
  hasChat: boolean;
  /** Whether the chats are encrypted and unlocked. */
  canLock: boolean;
}

const separator = { type: "separator" } as const;
/** Without a chat on the screen, these have nothing to do. */
const needChat = [
  "openChatWindow",
  "exportChat",
  "print",
  "find",
  "findNext",
  "findPrevious",
] as const satisfies ActionId[];

/** Sets the application menu in the language of `texts`. */
export function setMenu(options: Omit<MenuOptions, "platform" | "isDeveloped">): void {
  const template = menuTemplate({ ...options, platform: process.platform, isDeveloped: !app.isPackaged });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Disables what has nothing to do in the focused window, and hides the lock from people who have none. */
export function updateMenu({ hasChat, canLock }: ShownInWindow): void {
  const menu = Menu.getApplicationMenu();
  for (const id of needChat) {
    const item = menu?.getMenuItemById(id);
    if (item) item.enabled = hasChat;
  }
  const lock = menu?.getMenuItemById("lockChats");
  if (lock) lock.visible = canLock;
}

/** Returns the application menu of a system. Names and keys of actions are those of the palette. */
export function menuTemplate({ texts, platform, onAction, isDeveloped }: MenuOptions): MenuItemConstructorOptions[] {
  const { say } = texts;
  const isMac = platform === "darwin";
  const action = (id: ActionId, label = actionName(texts, id)): MenuItemConstructorOptions => {
    const [accelerator] = keysOf(id, isMac);
    return {
      id,
      label,
      click: () => onAction(id),
      // The page handles the keys, on all keyboard layouts. macOS needs them here, and offers them to the page first.
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: isMac }),
    };
  };

  const about = action("showAbout");
  const settings = action("showSettings", say("menu.settings"));
  const appMenu: MenuItemConstructorOptions = {
    label: "R1 Workbench",
    submenu: [
      about,
      separator,
      settings,
      separator,
      { role: "services", label: say("menu.services") },
      separator,
      { role: "hide", label: say("menu.hide") },
      { role: "hideOthers", label: say("menu.hideOthers") },
      { role: "unhide", label: say("menu.showAll") },
      separator,
      { role: "quit", label: say("menu.quit") },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: say("menu.file"),
    submenu: [
      action("newChat"),
      action("newTemporaryChat"),
      action("openChatWindow"),
      action("lockChats"),
      separator,
      action("importModel"),
      separator,
      action("exportChat"),
      action("exportAllChats"),
      action("importChats"),
      separator,
      action("print"),
      separator,
      ...(isMac ? [] : [settings, separator]),
      { role: "close", label: say("menu.close") },
      ...(isMac ? [] : [{ role: "quit", label: say("menu.quit") } as const]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: say("menu.edit"),
    submenu: [
      { role: "undo", label: say("menu.undo") },
      { role: "redo", label: say("menu.redo") },
      separator,
      { role: "cut", label: say("menu.cut") },
      { role: "copy", label: say("menu.copy") },
      { role: "paste", label: say("menu.paste") },
      { role: "delete", label: say("menu.delete") },
      { role: "selectAll", label: say("menu.selectAll") },
      separator,
      action("find"),
      action("findNext"),
      action("findPrevious"),
      action("searchChats"),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: say("menu.view"),
    submenu: [
      action("commandPalette"),
      separator,
      action("showChat", say("screens.chat")),
      action("showModels", say("screens.models")),
      action("showHardware", say("screens.hardware")),
      action("toggleSidebar"),
      separator,
      action("zoomIn"),
      action("zoomOut"),
      action("resetZoom"),
      separator,
      { role: "togglefullscreen", label: say("menu.fullScreen") },
      ...(isDeveloped
        ? ([
            separator,
            // The key of "reload" regenerates a reply.
            { role: "forceReload", label: say("menu.reload") },
            { role: "toggleDevTools", label: say("menu.devTools") },
          ] as const)
        : []),
    ],
  };
  const windows: MenuItemConstructorOptions = {
    role: "window",
    label: say("menu.window"),
    submenu: [
      // The role's key, Ctrl+M, chooses a model, except on macOS.
      isMac
        ? { role: "minimize", label: say("menu.minimize") }
        : { label: say("menu.minimize"), click: (_item, window) => window?.minimize() },
      ...(isMac
        ? ([
            { role: "zoom", label: say("menu.maximize") },
            separator,
            { role: "front", label: say("menu.allToFront") },
          ] as const)
        : []),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: "help",
    label: say("menu.help"),
    submenu: [
      action("showShortcuts"),
      action("showPrivacy"),
      action("showDisk"),
      separator,
      action("showCommand"),
      action("openLogs"),
      action("copyDiagnostics"),
      ...(isMac ? [] : [separator, about]),
    ],
  };
  return [...(isMac ? [appMenu] : []), file, edit, view, windows, help];
}
