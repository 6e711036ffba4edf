import { test } from "@playwright/test";
import { launchApp } from "./launchApp.ts";
import { launchPage } from "./launchPage.ts";
import type { PageOptions, RunningPage } from "./RunningPage.ts";

/** Starts the page in the app or in another Chromium, according to the project in playwright.config.ts. */
export function launch(options: PageOptions = {}): Promise<RunningPage> {
  return test.info().project.name === "chromium" ? launchPage(options) : launchApp(options);
}
