import { app } from "electron";

/**
 * Switches by which Chromium or V8 would let somebody look into the running app from outside, or write down what it
 * does. Node's own (`--inspect`) are off in the package by a fuse.
 */
const inspecting =
  /^--?(remote-debugging-|remote-allow-origins|inspect|debug|js-flags|log-net-log|trace-|enable-tracing)/;

/** Before `ready`, in the package: switches that open the app to inspection do nothing. */
export function closeToInspection(): void {
  if (!app.isPackaged) return;
  // Node opens its debugger at this signal; with that off, the system would end the app.
  process.on("SIGUSR1", () => undefined);
  for (const argument of process.argv.slice(1)) {
    if (!inspecting.test(argument)) continue;
    const [name = ""] = argument.replace(/^--?/, "").split("=", 1);
    app.commandLine.removeSwitch(name);
  }
}
