import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, test } from "@playwright/test";
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

test("chats are dragged into a folder, out of it, and into the archive and back; several go together", async () => {
  const { page } = app;
  await page.keyboard.press("Control+Shift+P");
  await page.getByRole("combobox").fill("New folder");
  await page.keyboard.press("Enter");
  // Also what is typed before its field is there belongs to the folder.
  await page.keyboard.type("Recip");
  await expect(list().getByRole("textbox", { name: "Title" })).toHaveValue("Recip");
  await page.keyboard.type("es");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await expect(folder("Recipes")).toBeVisible();
  const marked = list().locator("[data-drop]");

  await dragOver(chat("Beta"), folder("Recipes"));
  await expect(marked).toHaveText("Recipes");
  await page.mouse.up();
  await expect(list().locator(".chat-row[data-part=true]")).toHaveText(["Beta"]);
  await expect(marked).toHaveCount(0);

  await chat("Alpha").click({ modifiers: ["Control"] });
  await chat("Gamma").click({ modifiers: ["Control"] });
  await drag(chat("Gamma"), folder("Recipes"));
  await expect(list().locator(".chat-row[data-part=true]")).toHaveCount(3);
  await chat("Alpha").click();
  // With the menu, because there is no chat left to drop one on.
  await chat("Alpha").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Move to a folder…" }).click();
  await page.getByRole("menuitemradio", { name: "No folder" }).click();
  await expect(list().locator(".chat-row[data-part=true]")).toHaveCount(2);
  await drag(chat("Gamma"), chat("Alpha"));
  await expect(list().locator(".chat-row[data-part=true]")).toHaveText(["Beta"]);

  await chat("Alpha").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Archive" }).click();
  const archived = list().getByRole("button", { name: /^Archived/ });
  await expect(archived).toBeVisible();
  await drag(chat("Gamma"), archived);
  await expect(chat("Gamma")).toHaveCount(0);
  await archived.click();
  await expect(chat("Gamma")).toBeVisible();
  await drag(chat("Gamma"), folder("Recipes"));
  await expect(archived).toContainText("1");
  const { folderId, archived: isArchived } = await kept("Gamma");
  expect({ isIn: folderId !== null, isArchived }).toEqual({ isIn: true, isArchived: false });
});

test("what is dragged in from outside is never taken for a chat", async () => {
  await chat("Alpha").click({ button: "right" });
  await app.page.getByRole("menuitem", { name: "Move to a folder…" }).click();
  await app.page.getByRole("menuitem", { name: "New folder…" }).click();
  await list().getByRole("textbox", { name: "Title" }).press("Enter");
  const target = list().locator(".part-row").first();
  const isRefused = await target.evaluate((row) => {
    const data = new DataTransfer();
    data.setData("application/x-r1-workbench-chats", "");
    data.setData("text/plain", "Beta");
    const over = new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: data });
    return row.dispatchEvent(over);
  });
  expect(isRefused).toBe(true);
  await expect(list().locator("[data-drop]")).toHaveCount(0);
});

/** Presses on one row and moves to the other, as a hand does, in several steps. */
async function dragOver(from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await app.page.mouse.down();
  const box = await to.boundingBox();
  if (box === null) throw new Error("The row is not there.");
  // A drag begins only after the first movements.
  let x = box.x + 20;
  await expect(async () => {
    await app.page.mouse.move(x++, box.y + box.height / 2, { steps: 4 });
    expect(await list().locator("[data-drop]").count()).toBe(1);
  }).toPass();
}

async function drag(from: Locator, to: Locator): Promise<void> {
  await dragOver(from, to);
  await app.page.mouse.up();
  await expect(list().locator("[data-drop]")).toHaveCount(0);
}

/** Returns a chat as it is stored. */
async function kept(title: string): Promise<{ folderId: string | null; archived: boolean }> {
  const store = new ChatStore(home);
  try {
    const hit = store
      .searchChats({ query: title, cursor: null })
      .hits.find(({ chat: { title: name } }) => name === title);
    return { folderId: hit?.chat.folderId ?? null, archived: hit?.chat.archived ?? false };
  } finally {
    store.close();
  }
}
