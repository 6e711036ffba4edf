import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium, expect, type Page } from "@playwright/test";
import { launchCommand } from "./launchApp.ts";

export interface PackagedApp {
  page: Page;
  /** Ends the app as a system does when it shuts down. */
  close(): Promise<void>;
}

/**
 * Starts a packaged app and joins its window. The package refuses --inspect, as it must, so Playwright can neither
 * launch it nor hold it back (holdStart.cjs): the page has loaded before Playwright meets it.
 */
export async function launchPackaged(binary: string, home: string): Promise<PackagedApp> {
  const { sandbox, env } = launchCommand(home);
  const app = spawn(binary, [...sandbox, "--remote-debugging-port=0"], { env, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(app, "exit");
  try {
    const address = await devToolsAddress(createInterface({ input: app.stderr }));
    app.stderr.resume();
    await expect.poll(() => pageTitles(address)).toContain("R1 Workbench");
    const browser = await chromium.connectOverCDP(address);
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error("The packaged app has no window.");
    return {
      page,
      close: async () => {
        app.kill("SIGTERM");
        await ended;
        await browser.close();
      },
    };
  } catch (error) {
    app.kill("SIGKILL");
    throw error;
  }
}

/** Chromium says it on standard error; an app that ends first said why there. */
async function devToolsAddress(lines: AsyncIterable<string>): Promise<string> {
  const said: string[] = [];
  for await (const line of lines) {
    const address = /^DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1];
    if (address !== undefined) return `http://${address}`;
    said.push(line);
  }
  throw new Error(`The packaged app did not start:\n${said.join("\n")}`);
}

async function pageTitles(address: string): Promise<string[]> {
  const answer = await fetch(`${address}/json/list`);
  return ((await answer.json()) as { title: string }[]).map(({ title }) => title);
}
