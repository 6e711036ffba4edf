// Loaded in front of the app (`electron -r`): it becomes ready when startHeldApp() is called. A window that Playwright
// meets between its opening and its page's first commit, it waits for until its time is up (microsoft/playwright#17765).
const { app } = require("electron");

const ready = app.whenReady();
const released = new Promise((resolve) => {
  globalThis.startHeldApp = resolve;
});
app.whenReady = () => released.then(() => ready);
