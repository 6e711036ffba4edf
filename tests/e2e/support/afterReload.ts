import type { Page } from "@playwright/test";

/** Does what makes the app load its pages again. Resolves once each has a new document, which nothing replaces any more. */
export async function afterReload(pages: readonly Page[], act: () => Promise<unknown>): Promise<void> {
  for (const page of pages) await page.evaluate(() => Object.assign(window, { isBeforeReload: true }));
  await act();
  for (const page of pages) await page.waitForFunction(() => !("isBeforeReload" in window), null, { timeout: 60_000 });
}
