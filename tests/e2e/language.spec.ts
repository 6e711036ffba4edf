import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import type { RunningApp } from "./support/launchApp.ts";
import { launchedApps } from "./support/launchedApps.ts";

const launch = launchedApps();

const menuOf = ({ electron }: RunningApp): Promise<string[]> =>
  inMain(electron, ({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);

test("a language chosen in Settings applies at once, in the window and menus, and after a restart", async () => {
  const app = await launch();
  let { page } = app;
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await menuOf(app)).toEqual(["File", "Edit", "View", "Window", "Help"]);

  await page.getByRole("combobox", { name: "Language" }).focus();
  await page.getByRole("combobox", { name: "Language" }).selectOption("Français");
  await expect(page.getByRole("main", { name: "Paramètres" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Langue" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Modèles", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect.poll(() => menuOf(app)).toEqual(["Fichier", "Édition", "Affichage", "Fenêtre", "Aide"]);

  await page.getByRole("combobox", { name: "Langue" }).selectOption("简体中文");
  await expect(page.getByRole("main", { name: "设置" })).toBeVisible();
  await expect.poll(() => menuOf(app)).toEqual(["文件", "编辑", "查看", "窗口", "帮助"]);
  await app.quit();

  const next = await launch({ home: app.home });
  page = next.page;
  await expect(page.getByRole("link", { name: "设置", exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await expect.poll(() => menuOf(next)).toEqual(["文件", "编辑", "查看", "窗口", "帮助"]);
  await page.getByRole("link", { name: "设置", exact: true }).click();
  await page.getByRole("combobox", { name: "语言" }).selectOption("system");
  await expect(page.getByRole("main", { name: "Settings" })).toBeVisible();
});

test("a failure is shown in the language that is current when it is read", async () => {
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  await writeFile(join(home, "settings.json"), "{ damaged");
  const app = await launch({ home });
  const { page } = app;
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The settings could not be read");
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("combobox", { name: "Language" }).selectOption("fr");
  await expect(alert).toContainText("Les paramètres n’ont pas pu être lus");
  await expect(alert).toContainText(/Le fichier endommagé est conservé sous .+\. Vérifiez vos paramètres\./);
});
