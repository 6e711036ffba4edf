// Loaded in front of the app (`electron -r`): Chromium may look names up as it would without our guard.
const { app } = require("electron");

const { commandLine } = app;
const appendSwitch = commandLine.appendSwitch.bind(commandLine);
commandLine.appendSwitch = (name, value) => {
  if (name !== "host-resolver-rules") appendSwitch(name, value);
};
