import { readFileSync, readlinkSync } from "node:fs";
import { commandLine, processTree } from "./appProcesses.ts";

/**
 * Returns whether Chromium's sandbox holds each page of a running app: in other namespaces than the app, for processes
 * and for the network, and behind a filter of system calls.
 */
export function chromiumSandboxes(appId: number): { switchedOff: string[]; renderers: number; sandboxed: number } {
  const processes = processTree(appId);
  const renderers = processes.filter((id) => commandLine(id).includes("--type=renderer"));
  return {
    switchedOff: processes.map(commandLine).filter((line) => line.includes("--no-sandbox")),
    renderers: renderers.length,
    sandboxed: renderers.filter((id) => isApart(id, appId, "pid") && isApart(id, appId, "net") && isFiltered(id))
      .length,
  };
}

function isApart(one: number, other: number, kind: "pid" | "net"): boolean {
  return readlinkSync(`/proc/${one}/ns/${kind}`) !== readlinkSync(`/proc/${other}/ns/${kind}`);
}

function isFiltered(id: number): boolean {
  return /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${id}/status`, "utf8"));
}
