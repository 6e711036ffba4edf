import { app } from "electron";

/**
 * Switches with which Chromium or V8 would open the running app to inspection or record what it does. Node's own
 * (`--inspect`) are turned off in the package by a fuse.
 */
const inspecting =
  /^--?(remote-debugging-|remote-allow-origins|inspect|debug|js-flags|log-net-log|trace-|enable-tracing)/;

/** Makes the packaged app ignore switches that open it to inspection. Call before `ready`. */
export function closeToInspection(): void {
  if (!app.isPackaged) return;
  // Node opens its debugger on this signal. With the debugger disabled, the signal would end the app.
  process.on("SIGUSR1", () => undefined);
  for (const argument of process.argv.slice(1)) {
    if (!inspecting.test(argument)) continue;
    const [name = ""] = argument.replace(/^--?/, "").split("=", 1);
    app.commandLine.removeSwitch(name);
  }
}
