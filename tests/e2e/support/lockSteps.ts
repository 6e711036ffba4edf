import { expect, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";

/** A passphrase takes a second of all of a processor, and longer on a busy machine. */
export const slow = { timeout: 60_000 };

/** Goes to what Settings says about privacy, the lock among it. */
export async function showPrivacy(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
}

/** Types a passphrase into the lock screen. */
export async function unlock(page: Page, words: string): Promise<void> {
  const field = page.getByLabel("Passphrase", { exact: true });
  await field.fill(words, slow);
  await field.press("Enter", slow);
}

/** Expects the lock screen, and nothing in the window from which anyone could learn these words of the chats. */
export async function expectLocked(page: Page, words: RegExp): Promise<void> {
  await expect(page.getByRole("heading", { name: "Your chats are locked" })).toBeVisible(slow);
  expect(await page.title()).toBe("R1 Workbench");
  expect(await page.content()).not.toMatch(words);
  const answers = await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const outcomes = await Promise.all([r1.call("chats.list", {}), r1.call("chats.search", { query: "okapi" })]);
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  });
  expect(answers).toEqual(["chats-locked", "chats-locked"]);
}
