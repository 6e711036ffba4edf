import { test } from "@playwright/test";
import { launchApp } from "./launchApp.ts";
import { launchPage } from "./launchPage.ts";
import type { PageOptions, RunningPage } from "./RunningPage.ts";

/** Starts the page in what the project of playwright.config.ts names: the app, or another Chromium. */
export function launch(options: PageOptions = {}): Promise<RunningPage> {
  return test.info().project.name === "chromium" ? launchPage(options) : launchApp(options);
}
