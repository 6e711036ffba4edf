import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ChatStore } from "../../electron/workbench/chats/ChatStore.ts";
import { inMain } from "../support/inMain.mjs";
import { readPdfBack } from "../support/exports/readPdfBack.ts";
import { fillStore } from "../support/exports/fillStore.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp;
let folder: string;

async function launch(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const store = new ChatStore(home);
  fillStore(store);
  store.close();
  app = await launchApp({ home });
  // Before the page is ready, a key does nothing.
  await expect(app.page.getByRole("navigation", { name: "Chats" }).locator(".chat-link")).toHaveCount(3);
}

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  await launch();
});
test.afterEach(async () => {
  await app.close();
});

/** Answers the system's dialogs. */
async function choose(path: string): Promise<void> {
  await inMain(
    app.electron,
    ({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    },
    path,
  );
}

async function command(name: string): Promise<void> {
  await app.page.keyboard.press("Control+Shift+P");
  await app.page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill(name);
  await app.page.keyboard.press("Enter");
}

async function exportAll(path: string, format: string): Promise<void> {
  await choose(path);
  await command("Export all chats");
  const sheet = app.page.getByRole("dialog", { name: "Export all chats" });
  await sheet.getByLabel("Format").selectOption({ label: format });
  await sheet.getByRole("button", { name: "Choose a file…" }).click();
  // On a busy machine, a window that prints takes long to open.
  await expect(app.page.getByText("3 chats are in", { exact: false })).toBeVisible({ timeout: 180_000 });
  await app.page.locator(".notice", { hasText: "3 chats are in" }).getByRole("button", { name: "Dismiss" }).click();
}

test("chats are exported, deleted, imported again from a preview, and the import undone", async () => {
  const { page } = app;
  const rows = page.getByRole("navigation", { name: "Chats" }).locator(".chat-link");
  await expect(rows).toHaveCount(3);
  const file = join(folder, "chats.jsonl");
  await exportAll(file, "Chat file (JSON)");
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(3 + 8 + 2 + 1);

  await rows.first().focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await expect(rows).toHaveCount(0);
  await page.locator(".notice", { hasText: "3 chats deleted" }).getByRole("button", { name: "Dismiss" }).click();

  await command("Import chats");
  const sheet = page.getByRole("dialog", { name: "Import these chats?" });
  await expect(sheet).toContainText("3 chats with 8 messages");
  await expect(sheet).toContainText("R1 Workbench");
  await expect(rows).toHaveCount(0);
  await sheet.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("3 chats were imported.")).toBeVisible();
  await expect(rows).toHaveCount(3);

  await page.getByRole("button", { name: "Undo import" }).click();
  await expect(page.getByText("3 imported chats were removed.")).toBeVisible();
  await expect(rows).toHaveCount(0);
});

test("an import can be undone after a restart", async () => {
  const rows = () => app.page.getByRole("navigation", { name: "Chats" }).locator(".chat-link");
  const file = join(folder, "chats.jsonl");
  await exportAll(file, "Chat file (JSON)");
  await command("Import chats");
  const sheet = app.page.getByRole("dialog", { name: "Import these chats?" });
  await sheet.getByLabel("Already here").selectOption({ label: "Import them as copies" });
  await sheet.getByRole("button", { name: "Import" }).click();
  await expect(app.page.getByText("3 chats were imported.")).toBeVisible();
  const { home } = app;
  await app.quit();
  app = await launchApp({ home });
  await expect(rows()).toHaveCount(6);
  await app.page.getByRole("button", { name: "Undo import" }).click();
  await expect(app.page.getByText("3 imported chats were removed.")).toBeVisible();
  await expect(rows()).toHaveCount(3);
});

test("chats that are already here are left out, or imported as copies", async () => {
  const { page } = app;
  const rows = page.getByRole("navigation", { name: "Chats" }).locator(".chat-link");
  const file = join(folder, "chats.jsonl");
  await exportAll(file, "Chat file (JSON)");
  await command("Import chats");
  const sheet = page.getByRole("dialog", { name: "Import these chats?" });
  await expect(sheet.getByRole("button", { name: "Import" })).toBeDisabled();
  await sheet.getByLabel("Already here").selectOption({ label: "Import them as copies" });
  await sheet.getByRole("button", { name: "Import" }).click();
  await expect(rows).toHaveCount(6);
});

test("a file of an unknown kind is refused in words", async () => {
  const file = join(folder, "notes.txt");
  writeFileSync(file, "Dear diary");
  await choose(file);
  await command("Import chats");
  await expect(
    app.page.getByText("R1 Workbench does not know the format of this file.", { exact: false }),
  ).toBeVisible();
  await app.page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
  await expect(app.page.getByText("does not know the format", { exact: false })).toHaveCount(0);
});

test("one chat is exported as a PDF from its row's menu", async () => {
  test.setTimeout(240_000);
  const { page } = app;
  const file = join(folder, "chat.pdf");
  await choose(file);
  const row = page.locator(".chat-row", { hasText: "How do quokkas smile?" });
  await row.locator(".chat-link").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Export…" }).click();
  const sheet = page.getByRole("dialog", { name: "Export 1 chat" });
  await sheet.getByLabel("Format").selectOption({ label: "PDF" });
  await expect(sheet.getByText("as they are printed.", { exact: false })).toBeVisible();
  await expect(sheet.getByText("has a bookmark", { exact: false })).toHaveCount(0);
  await sheet.getByRole("button", { name: "Choose a file…" }).click();
  await expect(page.getByText("1 chat is in", { exact: false })).toBeVisible({ timeout: 120_000 });
  // Its own headings, of which the title is the first.
  const { bookmarks } = await readPdfBack(readFileSync(file));
  expect(bookmarks[0]?.[0]).toMatch(/^How do quokkas smile\?/);
  await expect.poll(() => inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("several chats become one web page, or one PDF with a bookmark for each", async () => {
  test.setTimeout(300_000);
  const page = join(folder, "chats.html");
  await exportAll(page, "Web page (HTML)");
  expect(readFileSync(page, "utf8").match(/<section /g)).toHaveLength(3);
  const file = join(folder, "chats.pdf");
  await exportAll(file, "PDF");
  const { title, pages, bookmarks } = await readPdfBack(readFileSync(file));
  expect(title).toBe("Chats");
  expect(bookmarks).toHaveLength(3);
  // Each bookmark leads to the page that begins with its chat.
  for (const [name, number] of bookmarks) {
    const own = name === "Untitled" ? "Untitled" : name.slice(0, 7);
    expect(pages[number - 1], name).toContain(own);
  }
  const smiling = bookmarks.find(([name]) => name.startsWith("How do quokkas"))?.[1] ?? 0;
  expect(pages[smiling - 1]).toContain("With teeth.");
  expect(pages.join("").split("With teeth.")).toHaveLength(2);
  await expect.poll(() => inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
