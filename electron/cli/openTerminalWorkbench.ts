import { mkdirSync } from "node:fs";
import type { EventListener } from "../contract/events.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { homeFolder } from "../workbench/homeFolder.ts";
import { openWorkbench, type Workbench } from "../workbench/workbench.ts";

/** The same workbench as the app's, on the same home folder. */
export async function openTerminalWorkbench(onEvent?: EventListener): Promise<Workbench> {
  const home = homeFolder();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return openWorkbench({ ...appPaths(import.meta.dirname), home, ...(onEvent === undefined ? {} : { onEvent }) });
}
