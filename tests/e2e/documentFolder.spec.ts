import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { ChatStore } from "../../electron/workbench/chats/ChatStore.ts";
import { replies } from "./support/chatSteps.ts";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { writeNext } from "./support/writeReplies.ts";

let app: RunningApp;
let home: string;
let papers: string;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  papers = test.info().outputPath("papers");
  await mkdir(papers, { recursive: true });
  const store = new ChatStore(home);
  const { id: folderId } = store.createFolder({ name: "Association" });
  const { id } = store.createChat({ thinking: "off", modelId: null });
  store.renameChat({ chatId: id, title: "Fees" });
  store.moveChats({ chatIds: [id], folderId });
  store.close();
  app = await launchApp({ home, writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const put = async (name: string, text: string): Promise<void> => await writeFile(join(papers, name), text);
const list = (page: Page) => page.getByRole("navigation", { name: "Chats" });
const chip = (page: Page) =>
  page.locator(".composer").getByRole("list", { name: "Documents of the folder" }).getByRole("listitem");
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const sheet = (page: Page) => page.getByRole("dialog", { name: "Documents of this folder" });
const mine = (page: Page) => page.getByRole("article", { name: "You" }).last();
async function ask(page: Page, text: string, answer: string): Promise<void> {
  await writeNext(home, { answer });
  await field(page).fill(text);
  await field(page).press("Enter");
  await expect(replies(page).last()).toContainText(answer);
}

test("a folder of documents is chosen for a chat folder, searched and cited, read again when files change, and removed", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  await put("fees.md", "The fee of members is nine crowns.");
  await put("hours.txt", "The office opens at seven.");
  await put("scan.pdf", "%PDF-1.4 damaged");
  await put("photo.jpg", "not read");
  await list(page).getByRole("button", { name: "Association", exact: true }).click();
  await list(page).getByRole("button", { name: "Association", exact: true }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Documents of this folder…" }).click();
  await chooseInDialogs(app.electron, [papers]);
  await sheet(page).getByRole("button", { name: "Choose a folder…" }).click();
  await expect(sheet(page)).toContainText("papers 2 documents", { timeout: 60_000 });
  await expect(sheet(page)).toContainText("“scan.pdf” is damaged.");
  await expect(sheet(page)).toContainText("1 file of a kind that is not read, such as a picture");
  // Only the name of the folder is told.
  expect(await page.content()).not.toContain(papers);
  await page.keyboard.press("Escape");

  await list(page).getByRole("link", { name: /Fees/ }).click();
  await expect(chip(page)).toContainText("papers 2 documents · searched");
  await ask(page, "What is the fee of members?", "Nine crowns [1].");
  await expect(mine(page).getByRole("listitem").filter({ hasText: "fees.md" })).toContainText(/1 passage/);
  await replies(page)
    .last()
    .getByRole("button", { name: /^Passage 1: / })
    .click();
  await expect(page.getByRole("dialog", { name: /fees\.md|hours\.txt/ }).locator("mark")).toBeVisible();
  await page.keyboard.press("Escape");

  // A file that changes is read again, and a new one too.
  await put("fees.md", "The fee of members is eleven crowns by now.");
  await put("guests.md", "Guests pay two crowns.");
  await chip(page)
    .getByRole("button", { name: /^Show the folder papers/ })
    .click();
  await sheet(page).getByRole("button", { name: "Look for changes" }).click();
  await expect(sheet(page)).toContainText("3 documents", { timeout: 60_000 });
  await page.keyboard.press("Escape");
  await expect(chip(page)).toContainText("papers 3 documents · searched");
  await ask(page, "The fee of members?", "Eleven crowns.");
  await mine(page)
    .getByRole("button", { name: /^Read fees\.md/ })
    .click();
  await expect(page.getByRole("dialog", { name: /fees\.md/ })).toContainText("eleven crowns by now");
  await page.keyboard.press("Escape");

  // Off: nothing of it is sent.
  const search = chip(page).getByRole("button", { name: "Search in the folder papers" });
  await expect(search).toHaveAttribute("aria-pressed", "true");
  await search.click();
  await expect(search).toHaveAttribute("aria-pressed", "false");
  await expect(chip(page)).toContainText("not searched");
  await ask(page, "And the fee of guests?", "I do not know.");
  await expect(mine(page).getByRole("listitem")).toHaveCount(0);
  await search.click();
  await expect(search).toHaveAttribute("aria-pressed", "true");

  // Unplugged, then back.
  await rename(papers, `${papers}-away`);
  await chip(page)
    .getByRole("button", { name: /^Show the folder papers/ })
    .click();
  await sheet(page).getByRole("button", { name: "Look for changes" }).click();
  await expect(sheet(page)).toContainText("This folder is not there now.");
  await page.keyboard.press("Escape");
  await expect(chip(page)).toContainText("3 documents · not reachable · searched");
  await ask(page, "What do guests pay?", "Two crowns.");
  await expect(mine(page).getByRole("listitem").filter({ hasText: "guests.md" })).toHaveCount(1);
  await rename(`${papers}-away`, papers);

  // It is there after a restart, without being read again, and what it was removed from keeps what was sent.
  await app.quit();
  app = await launchApp({ home, writes: true });
  const again = app.page;
  await list(again).getByRole("link", { name: /Fees/ }).click();
  await expect(chip(again)).toContainText("papers 3 documents · searched", { timeout: 60_000 });
  await chip(again)
    .getByRole("button", { name: /^Show the folder papers/ })
    .click();
  await sheet(again).getByRole("button", { name: "Remove" }).click();
  await expect(sheet(again).getByRole("button", { name: "Choose a folder…" })).toBeVisible();
  await again.keyboard.press("Escape");
  await expect(chip(again)).toHaveCount(0);
  await expect(mine(again).getByRole("listitem").filter({ hasText: "guests.md" })).toHaveCount(1);
});

test("what has changed by the time of a question is read before it is answered", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  await put("fees.md", "The fee is nine crowns.");
  await list(page).getByRole("button", { name: "Association", exact: true }).click();
  await list(page).getByRole("link", { name: /Fees/ }).click();
  await list(page).getByRole("button", { name: "Association", exact: true }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Documents of this folder…" }).click();
  await chooseInDialogs(app.electron, [papers]);
  await sheet(page).getByRole("button", { name: "Choose a folder…" }).click();
  await expect(sheet(page)).toContainText("papers 1 document", { timeout: 60_000 });
  await page.keyboard.press("Escape");
  await put("numbats.md", "A numbat eats termites.");
  await rm(join(papers, "fees.md"));
  await ask(page, "What does a numbat eat?", "Termites.");
  // On a machine that is very busy, reading may take longer than a question waits. Then the next one has it.
  await expect(chip(page)).toContainText("papers 1 document · searched", { timeout: 60_000 });
  await ask(page, "A numbat eats what?", "Termites, again.");
  await expect(mine(page).getByRole("listitem")).toHaveText([/numbats\.md/]);
});
