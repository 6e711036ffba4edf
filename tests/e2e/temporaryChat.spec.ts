import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { ask, replies } from "./support/chatSteps.ts";
import { filesOf } from "./support/filesOf.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const list = (page: Page) => page.getByRole("navigation", { name: "Chats" });

async function beginTemporary({ page }: RunningApp): Promise<void> {
  await page.getByRole("button", { name: "Temporary chat" }).click();
  await expect(page.getByRole("heading", { name: "A temporary chat" })).toBeVisible();
}

/** Types words in every place of the open chat that is kept of other chats. */
async function typeEverywhere({ page }: RunningApp, word: string): Promise<void> {
  await ask(page, `What is 17 + 25? ${word}`);
  await page.getByRole("button", { name: /^Settings for this chat/ }).click();
  const instructions = page.getByRole("textbox", { name: "Instructions for this chat" });
  await instructions.fill(`Say ${word}.`);
  await page.keyboard.press("Escape");
  await ask(page, "And 2 + 3?");
  await replies(page).last().getByRole("button", { name: "Regenerate" }).click();
  await expect(replies(page).last()).toContainText("2/2");
  await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
  await field(page).fill(`an unsent ${word}`);
}

test("nothing of a temporary chat is ever on the disk, of any other chat it is", async () => {
  const { page, home } = app;
  await beginTemporary(app);
  await typeEverywhere(app, "quetzalcoatlus");
  // Leaving it saves what is saved of other chats: the draft, and what the model has read.
  await page.getByRole("button", { name: "New chat" }).click();
  await typeEverywhere(app, "pteranodon");
  await list(page)
    .getByRole("link", { name: /quetzalcoatlus/ })
    .click();
  await expect(field(page)).toHaveValue("an unsent quetzalcoatlus");
  await expect(page).toHaveTitle("Temporary chat – R1 Workbench");
  await expect(replies(page)).toHaveCount(2);

  await page.getByRole("searchbox", { name: "Search chats" }).fill("quetzalcoatlus");
  await expect(page.getByText("No chat contains “quetzalcoatlus”.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search chats" }).fill("");
  expect(filesWith(home, "quetzalcoatlus")).toEqual([]);

  await app.quit();
  expect(filesWith(home, "pteranodon")).not.toEqual([]);
  expect(filesWith(home, "quetzalcoatlus")).toEqual([]);
  // Other files name what was open: none names a temporary chat.
  expect(filesOf(home).filter((path) => readFileSync(path).includes("temporary-"))).toEqual([]);

  app = await launchApp({ home });
  await expect(list(app.page).getByRole("link")).toHaveCount(1);
  await expect(list(app.page).getByRole("link", { name: /pteranodon/ })).toBeVisible();
});

test("a temporary chat is listed by itself, cannot be pinned, and comes back after Undo", async () => {
  const { page } = app;
  await beginTemporary(app);
  await ask(page, "What is 2 + 3?");
  await expect(list(page).getByText("Temporary", { exact: true })).toBeVisible();
  const row = list(page).getByRole("link", { name: "What is 2 + 3?" });
  await row.click({ button: "right" });
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Pin" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();

  // One that has no messages yet is used again.
  await page.keyboard.press("Control+n");
  await beginTemporary(app);
  await page.keyboard.press("Control+n");
  await beginTemporary(app);
  await expect(list(page).getByRole("link")).toHaveCount(2);
});

test("Keep this chat makes it a usual one, open as it was, with its draft, and there at the next start", async () => {
  const { page, home } = app;
  await beginTemporary(app);
  await ask(page, "What is 17 + 25?");
  await field(page).fill("not sent yet");
  await page.getByRole("button", { name: "Keep this chat" }).click();
  await expect(page.getByRole("button", { name: "Keep this chat" })).toHaveCount(0);
  await expect(page).toHaveTitle("What is 17 + 25? – R1 Workbench");
  await expect(replies(page)).toContainText("42");
  await expect(field(page)).toHaveValue("not sent yet");
  await expect(list(page).getByText("Temporary", { exact: true })).toHaveCount(0);
  await expect(list(page).getByRole("link", { name: "What is 17 + 25?" })).toHaveAttribute("aria-current", "page");
  await app.quit();

  app = await launchApp({ home });
  await expect(replies(app.page)).toContainText("42");
  await expect(field(app.page)).toHaveValue("not sent yet");
});
