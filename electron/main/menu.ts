import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { Texts } from "../texts/texts.ts";

/**
 * Sets the menu in the language of `texts`. It contains the system's standard commands; the app's own have buttons in
 * the window.
 */
export function setMenu({ say }: Texts): void {
  const separator = { type: "separator" } as const;
  const isMac = process.platform === "darwin";
  const file: MenuItemConstructorOptions = {
    label: say("menu.file"),
    submenu: [isMac ? { role: "close", label: say("menu.close") } : { role: "quit", label: say("menu.quit") }],
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
      separator,
      { role: "selectAll", label: say("menu.selectAll") },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: say("menu.view"),
    submenu: [
      { role: "resetZoom", label: say("menu.resetZoom") },
      { role: "zoomIn", label: say("menu.zoomIn") },
      { role: "zoomOut", label: say("menu.zoomOut") },
      separator,
      { role: "togglefullscreen", label: say("menu.fullScreen") },
      ...(app.isPackaged
        ? []
        : ([
            separator,
            { role: "reload", label: say("menu.reload") },
            { role: "toggleDevTools", label: say("menu.devTools") },
          ] as const)),
    ],
  };
  const windows: MenuItemConstructorOptions = {
    role: "window",
    label: say("menu.window"),
    submenu: [
      { role: "minimize", label: say("menu.minimize") },
      { role: "close", label: say("menu.close") },
    ],
  };
  // macOS labels the commands of its application menu in the system's language.
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...(isMac ? [{ role: "appMenu" } as const] : []), file, edit, view, windows]),
  );
}
