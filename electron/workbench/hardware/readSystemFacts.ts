import type { SystemFacts } from "./SystemFacts.ts";
import { linuxFacts } from "./linuxFacts.ts";
import { macFacts } from "./macFacts.ts";
import { runTool } from "./runTool.ts";
import { systemFiles } from "./systemFiles.ts";
import { windowsFacts } from "./windowsFacts.ts";

/** Resolves with what this operating system reports about the machine. */
export function readSystemFacts(): Promise<SystemFacts> {
  if (process.platform === "linux") return linuxFacts(systemFiles());
  return process.platform === "darwin" ? macFacts(runTool) : windowsFacts(runTool);
}
