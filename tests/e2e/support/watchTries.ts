import type { ElectronApplication } from "@playwright/test";
import { inMain } from "../../support/inMain.mjs";

/**
 * Notes from now on, in main, what the app's page tries: requests for anything but its own files, ways to other pages,
 * windows, links and questions, which are all left without a consequence. Returns what tells all of it.
 */
export async function watchTries(electron: ElectronApplication): Promise<() => Promise<string[]>> {
  await inMain(electron, async ({ session, BrowserWindow, shell, dialog }) => {
    // The app's own way to its page is no try.
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
