import { type Page, test } from "@playwright/test";

/** If the running test failed, attaches a screenshot of the window, if it still exists, and the app's output. */
export async function attachFailure(page: Page | null, log: string): Promise<void> {
  const { errors, status, expectedStatus } = test.info();
  if (errors.length === 0 && status === expectedStatus) return;
  const screenshot = (await page?.screenshot({ timeout: 5_000 }).catch(() => null)) ?? null;
  if (screenshot !== null) await test.info().attach("window", { body: screenshot, contentType: "image/png" });
  await test.info().attach("app log", { body: log, contentType: "text/plain" });
}
