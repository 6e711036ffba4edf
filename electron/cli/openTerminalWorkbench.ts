import { appPaths } from "../workbench/appPaths.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { makeHomeFolder } from "../workbench/home/makeHomeFolder.ts";
import { mendModes } from "../workbench/home/mendModes.ts";
import { openWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { EventListeners } from "./CommandRun.ts";

/** The same workbench as the app's, on the same home folder. */
export async function openTerminalWorkbench(listeners: EventListeners = {}): Promise<Workbench> {
  const home = homeFolder();
  makeHomeFolder(home);
  void mendModes(home);
  return openWorkbench({
    ...appPaths(import.meta.dirname),
    home,
    onEvent: (name, data) => listeners[name]?.(data),
  });
}
