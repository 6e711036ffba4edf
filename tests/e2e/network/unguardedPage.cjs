// Shows a page in Electron without any of the app's guards, until it is ended from outside: whatever the page tries
// happens. Only leaving it is refused, which would cut off what it tries, and dialogs, which it could not answer.
const { app, BrowserWindow } = require("electron");

void app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false });
  window.on("close", (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  window.webContents.on("will-navigate", (event) => event.preventDefault());
  window.webContents.session.on("will-download", (event) => event.preventDefault());
  return window.loadURL(process.argv.at(-1) ?? "");
});
