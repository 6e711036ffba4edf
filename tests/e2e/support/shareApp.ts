import { test } from "@playwright/test";
import type { RunningPage } from "./RunningPage.ts";

/**
 * Shares one app between all tests of the calling file or block, because a start takes seconds. Each test begins with a
 * new chat and must leave nothing that affects others. After a failed test, the next one gets a new app.
 */
export function shareApp<App extends RunningPage>(start: () => Promise<App>): App {
  let app: App | undefined;
  test.beforeAll(async () => {
    app = await start();
  });
  test.beforeEach(async () => {
    await app?.page.getByRole("button", { name: "New chat", exact: true }).click();
  });
  test.afterEach(async () => {
    await app?.attachFailure();
  });
  test.afterAll(async () => {
    await app?.close();
  });
  // Stands for the app that is running, so that tests can refer to it before it starts.
  return new Proxy({} as App, {
    get: (_, property) => {
      if (app === undefined) throw new Error("The app did not start.");
      return Reflect.get(app, property) as unknown;
    },
  });
}
