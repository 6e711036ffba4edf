import { test } from "@playwright/test";
import type { RunningPage } from "./RunningPage.ts";

/**
 * One app for all tests of the file or block that this is called in, because a start costs seconds. Each test begins
 * with a new chat, and leaves nothing that another one stumbles over. After a failed test, the next has a fresh app.
 */
export function shareApp<App extends RunningPage>(start: () => Promise<App>): App {
  let app: App | undefined;
  test.beforeAll(async () => {
    app = await start();
  });
  test.beforeEach(async () => {
    await app?.page.getByRole("button", { name: "New chat" }).click();
  });
  test.afterEach(async () => {
    await app?.attachFailure();
  });
  test.afterAll(async () => {
    await app?.close();
  });
  // The app that runs now, under a name that the tests can have before it does.
  return new Proxy({} as App, {
    get: (_, property) => {
      if (app === undefined) throw new Error("The app did not start.");
      return Reflect.get(app, property) as unknown;
    },
  });
}
