import { WorkbenchError } from "../contract/errors.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { isErasing } from "../workbench/home/eraseJournal.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { makeHomeFolder } from "../workbench/home/makeHomeFolder.ts";
import { mendModes } from "../workbench/home/mendModes.ts";
import { openWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { EventListeners } from "./CommandRun.ts";

/**
 * The same workbench as the app's, on the same home folder. `isOffline` means that the command was asked not to connect;
 * otherwise the environment and the settings decide.
 */
export async function openTerminalWorkbench(isOffline: boolean, listeners: EventListeners = {}): Promise<Workbench> {
  const home = homeFolder();
  // Erasing what is left is up to the app, which knows that it has the home to itself.
  if (isErasing(home)) throw new WorkbenchError("erase-blocked", { case: "begun" });
  makeHomeFolder(home);
  void mendModes(home);
  return openWorkbench({
    ...appPaths(import.meta.dirname),
    home,
    ...(isOffline && { offline: true }),
    onEvent: (name, data) => listeners[name]?.(data),
  });
}
