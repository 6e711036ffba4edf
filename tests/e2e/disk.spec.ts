import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { kindOfEntry } from "../../electron/workbench/home/homeEntries.ts";
import { inMain } from "../support/inMain.mjs";
import { ask } from "./support/chatSteps.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";

const canary = "Zanzibar7491";
let app: RunningApp | undefined;
let home: string;
test.beforeEach(async () => {
  home = await newHome();
});
test.afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(home, { recursive: true, force: true });
});

async function openDisk(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
  await page.getByRole("link", { name: "Show what is kept" }).click();
  await expect(page.getByRole("rowheader", { name: "Chats", exact: true })).toBeVisible();
}

/** Answers what main asks next in a dialog of the system. */
async function answer(response: 0 | 1): Promise<void> {
  await inMain(
    app?.electron as never,
    ({ dialog: dialogs }, chosen) => {
      const asked = new Promise<string>((resolve) => {
        dialogs.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
          resolve(message);
          return Promise.resolve({ response: chosen, checkboxChecked: false });
        }) as never;
      });
      Object.assign(globalThis, { asked });
    },
    response,
  );
}

/** Resolves with what was asked. */
async function answerNext(response: 0 | 1, act: () => Promise<void>): Promise<string> {
  await answer(response);
  await act();
  return await inMain(app?.electron as never, () => (globalThis as unknown as { asked: Promise<string> }).asked);
}

test("after a tour, the page lists every file of the home by purpose, and parts of it can be erased", async () => {
  app = await launchApp({ home });
  const { page } = app;
  await ask(page, `${canary}: what is 17 + 25?`);
  for (const name of ["Models", "Hardware", "Settings"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("main", { name })).toBeVisible();
  }
  await page.getByRole("tab", { name: "Appearance" }).click();
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  // Something that the app wrote long ago, and something that it did not write.
  mkdirSync(join(home, "logs"), { recursive: true });
  writeFileSync(join(home, "logs", "faults.log"), "2026-11-28T10:00:00.000Z K7QF-2M9X internal\n");
  writeFileSync(join(home, "my notes.txt"), "mine");

  await openDisk(page);
  const unclaimed = readdirSync(home).filter((name) => kindOfEntry(name) === "other");
  expect(unclaimed).toEqual(["my notes.txt"]);
  await page.getByRole("button", { name: "Files of: Other files" }).click();
  await expect(page.getByRole("row").filter({ hasText: "my notes.txt" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Erase: Other files" })).toHaveCount(0);

  await page.getByRole("button", { name: "Erase: Log" }).click();
  await expect(page.getByText("Erased: Log")).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Log", exact: true })).toHaveCount(0);

  // The page alone cannot do it.
  const erase = page.getByRole("button", { name: "Erase: Chats" });
  expect(await answerNext(1, () => erase.click())).toBe("Erase 1 chat?");
  await expect(page.getByText("Erased: Chats")).toHaveCount(0);
  expect(await answerNext(0, () => erase.click())).toBe("Erase 1 chat?");
  await expect(page.getByText("Erased: Chats")).toBeVisible();
  await expect(page.getByRole("button", { name: "Erase: Chats" })).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Chats" }).getByText(canary)).toHaveCount(0);
  // Neither in the database, its journal, nor what models have read.
  expect(filesWith(home, canary)).toEqual([]);
});

test("erasing everything takes a typed word, ends the app, and starts it as on the first day", async () => {
  app = await launchApp({ home });
  const { page } = app;
  await ask(page, `${canary}: what is 17 + 25?`);
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Appearance" }).click();
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  writeFileSync(join(home, "my notes.txt"), "mine");
  await openDisk(page);

  await page.getByRole("button", { name: "Erase everything…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Erase everything?" });
  await expect(dialog).toContainText("my notes.txt");
  const erase = dialog.getByRole("button", { name: "Erase everything" });
  await expect(erase).toBeDisabled();
  await dialog.getByRole("textbox").fill("erases");
  await expect(erase).toBeDisabled();
  await dialog.getByRole("textbox").fill("erase");
  await inMain(app.electron, ({ app: main }) => {
    main.relaunch = () => {
      process.stderr.write("relaunched\n");
    };
  });
  // The page alone cannot do it.
  await answerNext(1, () => erase.click());
  await expect(dialog).toHaveCount(0);
  expect(readdirSync(home)).not.toContain("erasing.json");
  await page.getByRole("button", { name: "Erase everything…" }).click();
  await dialog.getByRole("textbox").fill("erase");
  await answer(0);
  let log = "";
  app.electron.process().stderr?.on("data", (text: Buffer) => (log += text.toString()));
  const ended = once(app.electron.process(), "exit");
  await erase.click();
  await ended;
  expect(log).toContain("relaunched");
  expect(readdirSync(home)).toContain("erasing.json");

  // What the new start finds is erased before anything is opened.
  app = await launchApp({ home });
  await expect(app.page.getByRole("region", { name: "Recommended model" })).toBeVisible();
  await expect(app.page.getByRole("navigation", { name: "Chats" }).getByText(canary)).toHaveCount(0);
  await expect(app.page.getByRole("alert")).toHaveCount(0);
  await expect(app.page.locator("html")).not.toHaveAttribute("data-theme", "dark");
  expect(filesWith(home, canary)).toEqual([]);
  expect(readdirSync(home)).toContain("my notes.txt");
  expect(readdirSync(home)).not.toContain("erasing.json");
});
