import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { HubServer } from "../../support/hub/hubServer.mjs";
import type { PackagedApp } from "./startPackaged.ts";

/*
 * What the tests of the packaged app do in its window, which can only be used with the keyboard. Each step has left its
 * trace in the home or in the window's title.
 */

/** Goes to a screen by its keys. */
export async function showScreen(app: PackagedApp, keys: string, name: string): Promise<void> {
  await app.press(keys);
  await expect.poll(() => app.title(), { timeout: 10_000 }).toContain(name);
}

/** Opens the chat that the search lists first for these words. */
export async function openChat(app: PackagedApp, words: string, title: string): Promise<void> {
  await expect(async () => {
    await app.press("ctrl+k", "ctrl+a");
    await app.type(words);
    await app.press("Return");
    await expect.poll(() => app.title(), { timeout: 3_000 }).toContain(title);
  }).toPass();
}

/** Runs the plan Quick, and waits for its result. */
export async function benchmarkPackaged(app: PackagedApp, home: string): Promise<void> {
  await expect(async () => {
    // A screen's title comes before the screen, unless it was shown before.
    await showScreen(app, "ctrl+3", "Hardware");
    await showScreen(app, "ctrl+2", "Models");
    await showScreen(app, "ctrl+3", "Hardware");
    // From the search of chats, which is the first thing in the window, back to the form, which is the last: its
    // settings, its button, the problems, the minutes, and the plan, which becomes Quick and hides the minutes. Then,
    // past the problems, its button again.
    await app.press("ctrl+k", ...Array<string>(5).fill("shift+Tab"), "q", "Tab", "Tab", "Return");
    const results = async (): Promise<string[]> =>
      (await filesIn(home, "benchmarks")).filter((name) => /json/.test(name));
    await expect.poll(results, { timeout: 40_000 }).not.toEqual([]);
  }).toPass({ timeout: 100_000 });
}

/** Finds a file on the hub by its name, and downloads it. */
export async function downloadPackaged(app: PackagedApp, home: string, hub: HubServer, file: string): Promise<void> {
  const before = hub.state.requests.length;
  await expect(async () => {
    await showScreen(app, "ctrl+2", "Models");
    // The hub's field is the last thing on the screen, and the search of chats the first.
    await app.press("ctrl+k", "shift+Tab", "ctrl+a");
    await app.type(`hf:${hub.repo}/${file}`);
    await app.press("Return");
    await expect.poll(() => hub.state.requests.length, { timeout: 3_000 }).toBeGreaterThan(before);
  }).toPass({ timeout: 60_000 });
  await expect(async () => {
    // Now the last thing is the menu of the row that was found, after its button.
    await app.press("ctrl+k", "shift+Tab", "shift+Tab", "Return");
    await expect.poll(() => filesIn(home, "models", ...hub.repo.split("/")), { timeout: 5_000 }).toContain(file);
  }).toPass({ timeout: 60_000 });
}

async function filesIn(...path: string[]): Promise<string[]> {
  return readdir(join(...path)).catch(() => []);
}
