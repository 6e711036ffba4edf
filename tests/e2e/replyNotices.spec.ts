import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

const clockAhead = fileURLToPath(new URL("support/clockAhead.cjs", import.meta.url));

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true, modules: [clockAhead] });
  // As on a desktop with notifications and the window in the background.
  await inMain(app.electron, ({ BrowserWindow, Notification }) => {
    const shown: { title: string; body: string }[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push({ title: this.title, body: this.body });
    };
    BrowserWindow.getFocusedWindow = () => null;
    BrowserWindow.prototype.isFocused = () => false;
  });
});
test.afterEach(async () => {
  await app.close();
});

const shown = () =>
  inMain(app.electron, () => (globalThis as unknown as { shown: { title: string; body: string }[] }).shown);

/** Lets a reply take over 30 seconds by the app's clock, and stops holding it. */
async function endLongReply(): Promise<void> {
  const { page } = app;
  const answer = "The secret is 42.";
  await receive(app, { answer, hold: "thought", thought: "A secret thought." });
  await inMain(app.electron, () => {
    (globalThis as unknown as { clockAheadMs: number }).clockAheadMs += 31_000;
  });
  await page.getByRole("button", { name: "Skip thinking" }).click();
  await expect(replies(page).last().getByTestId("answer")).toHaveText(answer);
}

test("a reply of over 30 seconds that ends in the background is announced, with its words only if that is allowed", async () => {
  await receive(app, { answer: "A short one." });
  await endLongReply();
  const plain = { title: "A reply is finished.", body: "Click to open the chat." };
  await expect.poll(shown).toEqual([plain]);

  await app.page.getByRole("link", { name: "Settings" }).click();
  await app.page.getByRole("switch", { name: "Text in notifications" }).click();
  await app.page.getByRole("link", { name: "Chat", exact: true }).click();
  await endLongReply();
  await expect.poll(shown).toEqual([plain, { ...plain, body: "The secret is 42." }]);
});
