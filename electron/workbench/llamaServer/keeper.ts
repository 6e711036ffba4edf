import { type ChildProcess, spawn } from "node:child_process";
import type { KeeperCommand, KeeperReport } from "./keeperProtocol.ts";

/*
 * The process between the workbench and llama-server, which knows nothing of the workbench and would outlive it: this one
 * ends it when the workbench has ended, however that was. Its output goes to the workbench directly.
 */
let server: ChildProcess | null = null;

process.on("message", (command: KeeperCommand) => {
  if (command.type === "stop") server?.kill();
  else if (server === null) server = start(command);
});
process.on("disconnect", () => {
  server?.kill("SIGKILL");
  process.exit();
});
// Ctrl+C in a terminal reaches all of its processes. The workbench decides what it means.
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => undefined);
process.on("SIGTERM", () => {
  server?.kill("SIGKILL");
  process.exit();
});

function start({ program, args, env }: Extract<KeeperCommand, { type: "start" }>): ChildProcess {
  const child = spawn(program, args, { env, stdio: ["ignore", "inherit", "inherit"], windowsHide: true });
  child.on("spawn", () => process.send?.({ type: "started", pid: child.pid ?? 0 } satisfies KeeperReport));
  child.on("error", (error) => {
    if (child.pid === undefined) last({ type: "notStarted", message: error.message });
  });
  child.on("exit", (code, signal) => last({ type: "ended", code, signal }));
  return child;
}

function last(report: KeeperReport): void {
  process.send?.(report, () => process.exit());
}
