import { createServer } from "node:net";
import { once } from "node:events";
import { chromium, expect, type Page } from "@playwright/test";
import type { RunningApp } from "./launchApp.ts";
import { inMain } from "../../support/inMain.mjs";

/** Returns a port that was free just now, for `launchApp({ debuggingPort })`. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("There is no port.");
  return address.port;
}

/** Kills the page's process and waits until the app has noticed. Playwright's page cannot be used afterwards. */
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

/** Returns the page that replaced the crashed one, through another connection to the same window. */
export async function nextPage(debuggingPort: number): Promise<Page> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error("The window has no page.");
  await expect(page.getByRole("link", { name: "Settings", exact: true })).toBeVisible();
  return page;
}
