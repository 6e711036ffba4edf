import { WorkbenchError } from "../contract/errors.ts";
import { appPaths } from "../workbench/appPaths.ts";
import { isErasing } from "../workbench/home/eraseJournal.ts";
import { homeFolder } from "../workbench/home/homeFolder.ts";
import { makeHomeFolder } from "../workbench/home/makeHomeFolder.ts";
import { useHome } from "../workbench/home/homeUse.ts";
import { mendModes } from "../workbench/home/mendModes.ts";
import { openWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { EventListeners } from "./CommandRun.ts";

/**
 * The same workbench as the app's, on the same home folder. `isOffline` means that the command was asked not to connect;
 * otherwise the environment and the settings decide.
 */
export async function openTerminalWorkbench(isOffline: boolean, listeners: EventListeners = {}): Promise<Workbench> {
  const home = homeFolder();
  makeHomeFolder(home);
  const use = useHome(home);
  // Erasing what is left is up to the app, which does not begin while the home is in use.
  if (isErasing(home)) {
    use?.release();
    throw new WorkbenchError("erase-blocked", { case: "begun" });
  }
  void mendModes(home);
  const workbench = await openWorkbench({
    ...appPaths(import.meta.dirname),
    home,
    ...(isOffline && { offline: true }),
    // Whoever typed the command has named them.
    confirmServer: () => Promise.resolve(true),
    confirmWorkers: () => Promise.resolve(true),
    onEvent: (name, data) => listeners[name]?.(data),
  });
  return { ...workbench, close: () => workbench.close().finally(() => use?.release()) };
}
