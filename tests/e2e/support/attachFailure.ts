import { type Page, test } from "@playwright/test";

const limitMs = 5_000;

/**
 * If the running test failed, attaches a screenshot of the window, if it still exists, and the app's output, and prints
 * what is in the window: of a run on another machine, only the output may be kept. Where no screenshot can be taken,
 * says whether the page still draws: a click waits for that.
 */
export async function attachFailure(page: Page | null, log: string): Promise<void> {
  const { errors, status, expectedStatus, title } = test.info();
  if (errors.length === 0 && status === expectedStatus) return;
  if (page !== null) process.stdout.write(`The window when "${title}" failed:\n${await contentOf(page)}\n`);
  const screenshot = (await page?.screenshot({ timeout: limitMs }).catch(() => null)) ?? null;
  if (screenshot !== null) await test.info().attach("window", { body: screenshot, contentType: "image/png" });
  else if (page !== null) await test.info().attach("page", { body: await stateOf(page), contentType: "text/plain" });
  await test.info().attach("app log", { body: log, contentType: "text/plain" });
}

/** Resolves with the page's address and its accessibility tree. */
async function contentOf(page: Page): Promise<string> {
  const tree = page.locator("body").ariaSnapshot({ timeout: limitMs });
  return `${page.url()}\n${await tree.catch((error: unknown) => String(error))}`;
}

/** Resolves with whether the page answers and draws. */
async function stateOf(page: Page): Promise<string> {
  const wait = new Promise<string>((resolve) => setTimeout(() => resolve("the page does not answer"), limitMs).unref());
  const asked = page.evaluate(async (ms) => {
    const drawn = new Promise<string>((resolve) => requestAnimationFrame(() => resolve("draws")));
    const not = new Promise<string>((resolve) => setTimeout(() => resolve("does not draw"), ms));
    return `the page is ${document.visibilityState} and ${await Promise.race([drawn, not])}`;
  }, limitMs / 2);
  return await Promise.race([asked.catch((error: unknown) => String(error)), wait]);
}
