import { app, Menu, type MenuItemConstructorOptions } from "electron";

/** The system's own commands; everything of ours has a button in the window. */
export function setMenu(): void {
  const view: MenuItemConstructorOptions = {
    label: "View",
    submenu: [
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
      ...(app.isPackaged ? [] : ([{ type: "separator" }, { role: "reload" }, { role: "toggleDevTools" }] as const)),
    ],
  };
  const menus: MenuItemConstructorOptions[] = [
    { role: "fileMenu" },
    { role: "editMenu" },
    view,
    { role: "windowMenu" },
  ];
  if (process.platform === "darwin") menus.unshift({ role: "appMenu" });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}
