// Preloaded before the app (`electron -r`): delays readiness until startHeldApp() is called. If Playwright finds a
// window between its opening and its page's first commit, it waits until it times out (microsoft/playwright#17765).
const { app } = require("electron");

const ready = app.whenReady();
const released = new Promise((resolve) => {
  globalThis.startHeldApp = resolve;
});
app.whenReady = () => released.then(() => ready);
