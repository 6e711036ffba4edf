import type { ElectronApplication } from "@playwright/test";
import { inMain } from "../../support/inMain.mjs";

/**
 * Starts recording, in main, what the app's page attempts: requests for anything but its own files, navigations,
 * windows, links and dialogs, all of which have no effect. Resolves with a function that returns the attempts.
 */
export async function watchTries(electron: ElectronApplication): Promise<() => Promise<string[]>> {
  await inMain(electron, async ({ session, BrowserWindow, shell, dialog }) => {
    // The app's own navigation to its page does not count.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents?.isLoadingMainFrame() === true)
      await new Promise<void>((resolve) => contents.once("did-finish-load", () => resolve()));
    const tried: string[] = [];
    Object.assign(globalThis, { tried });
    const note = ({ url }: { url: string }): void => {
      if (!url.startsWith("workbench://app/") && !url.startsWith("devtools:")) tried.push(url);
    };
    session.defaultSession.webRequest.onErrorOccurred(note);
    session.defaultSession.webRequest.onSendHeaders(note);
    contents?.on("will-navigate", ({ url }) => tried.push(`navigation to ${url}`));
    contents?.on("did-navigate", (_event, url) => tried.push(`navigated to ${url}`));
    contents?.on("did-create-window", () => tried.push("a window"));
    shell.openExternal = (url) => Promise.resolve(void tried.push(`opened ${url}`));
    dialog.showMessageBox = () => Promise.resolve(void tried.push("asked") as never);
  });
  return () => inMain(electron, () => (globalThis as unknown as { tried: string[] }).tried);
}
