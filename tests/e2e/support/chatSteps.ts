import { setTimeout } from "node:timers/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";

/** About five of R1 Nano's tokens. */
const pulseMs = 5;

/** R1 Nano writes several hundred tokens for it. (100 is its largest number, which it sometimes declines.) */
export const longQuestion = "Count to 99.";

/** Returns the assistant's messages; the user's are named "You". */
export function replies(page: Page): Locator {
  return page.getByRole("main").locator("article:not([aria-label='You'])");
}

/** Returns the number of replies in the open chat, once it has been read. */
export async function replyCount(page: Page): Promise<number> {
  await expect(page.getByRole("main", { name: "Chat" })).toHaveAttribute("aria-busy", "false");
  return replies(page).count();
}

/** Sends a message and waits until the reply has ended. */
export async function ask(page: Page, text: string): Promise<void> {
  const before = await replyCount(page);
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(replies(page)).toHaveCount(before + 1);
  await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
}

/**
 * Sends another message and waits for a complete answer. Its content is not checked, because a count that was cut off
 * before a sum sometimes confuses R1 Nano.
 */
export async function askAndExpectWhole(page: Page): Promise<void> {
  await ask(page, "What is 2 + 3?");
  const reply = replies(page).last();
  await expect(reply.getByTestId("answer")).toContainText(/\S/);
  await expect(reply).toContainText("tok/s");
  await expect(reply).not.toContainText(/Stopped|Interrupted/);
  await expect(reply.getByRole("alert")).toHaveCount(0);
}

/** Returns main's saved draft of the chat that the next message starts. */
export async function newDraft(page: Page): Promise<string | null> {
  const outcome = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("chats.newDraft", {}));
  return outcome.ok ? outcome.value.draft : null;
}

/** Returns the engine's process id, as the app reports it once the engine is ready. */
export async function engineProcessId(page: Page): Promise<number> {
  let processId: number | undefined;
  await expect(async () => {
    const outcome = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("engine.state", {}));
    processId = outcome.ok && "info" in outcome.value ? outcome.value.info.pid : undefined;
    expect(processId).toBeGreaterThan(1);
  }).toPass();
  if (processId === undefined) throw new Error("The engine is not running.");
  return processId;
}

/** Waits until the stopped engine's output has reached the page and been painted. */
async function allShown(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (window as unknown as { r1: Bridge }).r1.call("engine.state", {});
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/**
 * Asks R1 Nano to count, and stops its process during the answer. The process runs in short pulses until the first
 * numbers are visible. A pulse lasts longer on a busy machine: an answer that was finished in it is written again.
 * Returns the engine's process id; SIGCONT resumes it.
 */
export async function askAndFreeze(page: Page): Promise<number> {
  const processId = await engineProcessId(page);
  process.kill(processId, "SIGSTOP");
  await page.getByRole("textbox", { name: "Message" }).fill(longQuestion);
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  const answer = replies(page).last().getByTestId("answer");
  const shown = async (): Promise<string> => ((await answer.count()) > 0 ? await answer.innerText() : "");
  for (;;) {
    const text = await shown();
    if (text.includes("98, 99")) {
      process.kill(processId, "SIGCONT");
      const regenerate = replies(page).last().getByRole("button", { name: "Regenerate" });
      await expect(regenerate).toBeVisible();
      process.kill(processId, "SIGSTOP");
      await regenerate.click();
      await expect.poll(shown).not.toContain("98, 99");
    } else if (text.includes("1, 2, 3")) {
      return processId;
    }
    process.kill(processId, "SIGCONT");
    await setTimeout(pulseMs);
    process.kill(processId, "SIGSTOP");
    await allShown(page);
  }
}
