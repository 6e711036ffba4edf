import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ChatStore } from "../../electron/workbench/chats/ChatStore.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp;
let home: string;

test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const store = new ChatStore(home);
  for (const title of ["Alpha", "Beta", "Gamma"]) {
    const { id } = store.createChat({ thinking: "on", modelId: null });
    store.renameChat({ chatId: id, title });
  }
  store.close();
  app = await launchApp({ home });
  await expect(chats()).toHaveCount(3);
});
test.afterEach(async () => {
  await app.close();
});

const list = () => app.page.getByRole("navigation", { name: "Chats" });
const chats = () => list().locator("a.chat-link");
const chat = (title: string) => list().locator("a.chat-link", { hasText: title });
const folder = (name: string) => list().getByRole("button", { name, exact: true });

test("by the keyboard alone, a chat goes into a new folder, the folder is closed, deleted and back again", async () => {
  const { page } = app;
  await chat("Beta").focus();
  await page.keyboard.press("Shift+F10");
  await page.getByRole("menuitem", { name: "Move to a folder…" }).press("Enter");
  await page.getByRole("menuitem", { name: "New folder…" }).press("Enter");
  const name = list().getByRole("textbox", { name: "Title" });
  await expect(name).toBeFocused();
  await name.fill("Recipes");
  await page.keyboard.press("Enter");
  await expect(folder("Recipes")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(chat("Beta")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(chats()).toHaveCount(2);
  await page.keyboard.press("ArrowRight");
  await expect(chat("Beta")).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(folder("Recipes")).toHaveCount(0);
  await expect(chats()).toHaveCount(3);
  await page.locator(".notice", { hasText: "Recipes" }).getByRole("button", { name: "Undo" }).click();
  await expect(folder("Recipes")).toBeVisible();
  await expect(chats()).toHaveCount(2);
});

test("folders and the archive are as they were at the next start; search finds what is archived", async () => {
  const { page } = app;
  await chat("Alpha").click({ modifiers: ["Control"] });
  await chat("Gamma").click({ modifiers: ["Control"] });
  await page.getByRole("button", { name: "Move to a folder…" }).click();
  await page.getByRole("menuitem", { name: "New folder…" }).click();
  await list().getByRole("textbox", { name: "Title" }).press("Enter");
  await expect(folder("New folder")).toBeVisible();
  await chat("Gamma").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Archive", exact: true }).click();
  await expect(list().getByRole("button", { name: /^Archived/ })).toBeVisible();
  await expect(chat("Gamma")).toHaveCount(0);
  await app.quit();

  app = await launchApp({ home });
  await expect(folder("New folder")).toHaveAttribute("aria-expanded", "true");
  await expect(chat("Alpha")).toBeVisible();
  await expect(chat("Gamma")).toHaveCount(0);
  await app.page.getByRole("searchbox", { name: "Search chats" }).fill("gamma");
  await expect(app.page.getByRole("option", { name: /Gamma.*Archived/s })).toBeVisible();
  await app.page.getByRole("searchbox", { name: "Search chats" }).fill("");
  await list()
    .getByRole("button", { name: /^Archived/ })
    .click();
  await chat("Gamma").click({ button: "right" });
  await app.page.getByRole("menuitem", { name: "Move out of the archive" }).click();
  await expect(list().getByText("No archived chats")).toBeVisible();
  await expect(chat("Gamma")).toBeVisible();
});
