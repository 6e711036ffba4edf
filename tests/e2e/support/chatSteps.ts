import { expect, type Locator, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";

/** The assistant's messages; the user's are named "You". */
export function replies(page: Page): Locator {
  return page.getByRole("main").locator("article:not([aria-label='You'])");
}

/** Sends a message; unless told otherwise, waits until the reply has ended. */
export async function ask(page: Page, text: string, { settled = true } = {}): Promise<void> {
  const before = await replies(page).count();
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(replies(page)).toHaveCount(before + 1);
  if (settled) await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
}

/** The engine's process, as the app itself reports it. */
export async function engineProcessId(page: Page): Promise<number> {
  const outcome = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("engine.state", {}));
  if (!outcome.ok || !("info" in outcome.value)) throw new Error("The engine is not running.");
  return outcome.value.info.pid;
}
