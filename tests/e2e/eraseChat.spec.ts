import { writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { ask, replies } from "./support/chatSteps.ts";
import { filesWith } from "./support/filesWith.ts";
import { giveFiles } from "./support/giveFiles.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { newWindow } from "./support/newWindow.ts";

/* A chat that is deleted in the window: Undo brings all of it back, and after that nothing of it is on the disk. */

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

const gone = "quetzalcoatlus";
const kept = "pteranodon";
const chats = (page: Page) => page.getByRole("navigation", { name: "Chats" });
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

/** Leaves words in every place that a chat has: question, reply, document, draft, and what the model has read. */
async function use(page: Page, word: string): Promise<void> {
  await page.getByRole("button", { name: "New chat" }).first().click();
  const document = test.info().outputPath(`${word}.txt`);
  writeFileSync(document, `What is 17 + 25? ${word} in a document.`);
  await giveFiles(page, "drop", [document]);
  await expect(page.getByRole("button", { name: new RegExp(`^Read ${word}.txt.*tokens$`) })).toBeVisible();
  await ask(page, `${word}: what is 17 + 25?`);
  await field(page).fill(`an unsent ${word}`);
  // Leaving the chat saves its draft.
  await page.getByRole("button", { name: "New chat" }).first().click();
  await expect(chats(page).getByText(word)).toBeVisible();
}

async function deleteChat(page: Page, word: string): Promise<void> {
  const row = chats(page).getByRole("listitem").filter({ hasText: word });
  await row.hover();
  await row.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  await expect(row).toHaveCount(0);
}

test("nothing of a deleted chat is on the disk once its Undo is gone, nor in backups once these are deleted", async () => {
  test.slow();
  const { page, home } = app;
  await use(page, kept);
  await use(page, gone);
  await deleteChat(page, gone);
  await page.getByRole("button", { name: "Undo" }).click();
  await chats(page).getByText(gone).click();
  await expect(field(page)).toHaveValue(`an unsent ${gone}`);
  await expect(replies(page)).toHaveCount(1);
  expect(filesWith(home, gone)).not.toEqual([]);

  await deleteChat(page, gone);
  await page.locator(".notice").getByRole("button", { name: "Dismiss" }).click();
  await expect.poll(() => filesWith(home, gone), { timeout: 60_000 }).toEqual([]);
  await page.getByRole("searchbox", { name: "Search chats" }).fill(gone);
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search chats" }).fill("");

  await page.evaluate(async () => {
    await (window as unknown as { r1: Bridge }).r1.call("backups.make", {});
  });
  await deleteChat(page, kept);
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
  await expect(page.getByText(/^Backups may contain it until/)).toBeVisible();
  await page.getByRole("button", { name: "Delete backups now…" }).click();
  await expect.poll(() => filesWith(home, kept), { timeout: 60_000 }).toEqual([]);
});

test("a chat that is deleted while it has a window of its own: the window closes, and Undo brings the chat back", async () => {
  const { page } = app;
  await ask(page, `${gone}: what is 17 + 25?`);
  const own = await newWindow(app.electron, () => page.keyboard.press("Control+Shift+N"));
  await expect(replies(own)).toHaveCount(1);
  await field(own).fill("typed in its own window");
  await expect(field(page)).toHaveValue("typed in its own window");
  const closed = own.waitForEvent("close");
  await deleteChat(page, gone);
  await closed;
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chats(page).getByText(gone)).toBeVisible();
  await expect(replies(page)).toHaveCount(1);
  await expect(field(page)).toHaveValue("typed in its own window");
  const again = await newWindow(app.electron, () => page.keyboard.press("Control+Shift+N"));
  await expect(replies(again)).toHaveCount(1);
});
