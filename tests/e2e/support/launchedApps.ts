import { test } from "@playwright/test";
import { launchApp, type LaunchOptions, type RunningApp } from "./launchApp.ts";

/**
 * Returns launchApp for the tests of the calling file. After each test, what it launched is closed, also if it failed
 * before it did so itself: the report then says what its windows showed.
 */
export function launchedApps(): (options?: LaunchOptions) => Promise<RunningApp> {
  const launched: RunningApp[] = [];
  test.afterEach(async () => {
    for (const app of launched.splice(0)) await app.close();
  });
  return async (options) => {
    const app = await launchApp(options);
    launched.push(app);
    return app;
  };
}
