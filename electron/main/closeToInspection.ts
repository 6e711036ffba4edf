import { app } from "electron";

/**
 * Switches that make Chromium or V8 open the running app to inspection or record what it does. A fuse in the package
 * disables Node's own (`--inspect`).
 */
const inspecting =
  /^--?(remote-debugging-|remote-allow-origins|inspect|debug|js-flags|log-net-log|trace-|enable-tracing)/;

/** Makes the packaged app ignore switches that would open it to inspection. Call before `ready`. */
export function closeToInspection(): void {
  if (!app.isPackaged) return;
  // Node opens its debugger on this signal. If the debugger is disabled, the signal would end the app.
  process.on("SIGUSR1", () => undefined);
  for (const argument of process.argv.slice(1)) {
    if (!inspecting.test(argument)) continue;
    const [name = ""] = argument.replace(/^--?/, "").split("=", 1);
    app.commandLine.removeSwitch(name);
  }
}
