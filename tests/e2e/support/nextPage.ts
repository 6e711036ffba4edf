import { createServer } from "node:net";
import { once } from "node:events";
import { chromium, expect, type Page } from "@playwright/test";
import type { RunningApp } from "./launchApp.ts";
import { inMain } from "../../support/inMain.mjs";

/** A port that was free a moment ago, for `launchApp({ debuggingPort })`. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("There is no port.");
  return address.port;
}

/** Ends the page's process, and waits until the app has noticed. Playwright's page is of no use afterwards. */
export async function killPage({ electron }: Pick<RunningApp, "electron">): Promise<void> {
  await inMain(electron, async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error("There is no window.");
    await new Promise<void>((resolve) => {
      contents.once("render-process-gone", () => resolve());
      process.kill(contents.getOSProcessId(), "SIGKILL");
    });
  });
}

/** The page that took the dead one's place: another connection to the same window. */
export async function nextPage(debuggingPort: number): Promise<Page> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error("The window has no page.");
  await expect(page.getByRole("link", { name: "Settings", exact: true })).toBeVisible();
  return page;
}
