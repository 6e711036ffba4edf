import { expect, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";

/** Tabs, and buttons that unfold something: pressing one requests nothing from outside. */
const folded =
  "main [aria-expanded='false'], main details:not([open]) > summary, main [role='tab'][aria-selected='false']";

/** Goes to every screen in the sidebar, and opens everything that can be opened there. */
export async function openEverything(page: Page): Promise<void> {
  const links = page.getByRole("navigation", { name: "Screens" }).getByRole("link");
  const names = await links.allInnerTexts();
  expect(names.length).toBeGreaterThanOrEqual(4);
  for (const name of names) {
    await links.filter({ hasText: name }).click();
    await expect(page.getByRole("main")).toBeVisible();
    await shown(page);
    for (const closed of await page.locator(folded).elementHandles()) {
      if (await closed.isVisible()) await closed.click();
      await shown(page);
      await page.keyboard.press("Escape");
    }
  }
}

/** Waits until main's responses to the page have been painted. */
async function shown(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (window as unknown as { r1: Bridge }).r1.call("engine.state", {});
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
