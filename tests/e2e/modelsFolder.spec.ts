import { copyFile, lstat, mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";

let app: RunningApp | undefined;
test.afterEach(async () => {
  await app?.close();
  app = undefined;
});

test("the models folder is changed in the app: the models move, the list stays, and they move back", async () => {
  const home = await newHome();
  await mkdir(join(home, "models"), { recursive: true });
  await copyFile("resources/models/r1-nano.gguf", join(home, "models", "mine.gguf"));
  const disk = await realpath(await mkdtemp(join(tmpdir(), "r1-workbench-disk-")));
  app = await launchApp({ home });
  const { page } = app;
  await page.getByRole("link", { name: "Models" }).click();
  const installed = page.getByRole("region", { name: "Installed" });
  const line = installed.locator(".section-line");
  await expect(line).toContainText(join(home, "models"));

  await chooseInDialogs(app.electron, [home, disk]);
  await page.getByRole("button", { name: "Change the models folder" }).click();
  await expect(page.getByRole("alert")).toContainText("is inside the app’s own folder");
  await page.getByRole("button", { name: "Change the models folder" }).click();
  const sheet = page.getByRole("alertdialog", { name: "Move the models?" });
  await expect(sheet).toContainText(join(disk, "R1 Workbench models"));
  await expect(sheet).toContainText("1 file");
  await sheet.getByRole("button", { name: "Move" }).click();
  await expect(line).toContainText(join(disk, "R1 Workbench models"));
  await expect(page.getByRole("button", { name: "Change the models folder" })).toBeVisible();
  await expect(installed.getByRole("row", { name: "R1 Nano", exact: true })).toHaveCount(2);
  expect(await readdir(join(disk, "R1 Workbench models"))).toContain("mine.gguf");
  expect((await lstat(join(home, "models"))).isSymbolicLink()).toBe(true);

  await page.getByRole("button", { name: "Move back into the app’s folder" }).click();
  await sheet.getByRole("button", { name: "Move" }).click();
  await expect(line).toContainText(join(home, "models"));
  await expect(installed.getByRole("row", { name: "R1 Nano", exact: true })).toHaveCount(2);
  expect((await lstat(join(home, "models"))).isDirectory()).toBe(true);
  expect(await readdir(disk)).toEqual([]);
  await rm(disk, { recursive: true });
});
