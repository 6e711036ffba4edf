import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp | undefined;
test.afterEach(async () => {
  await app?.close();
});

test("a tuning shows what it tries and continues on other screens; a stop ends it without changes", async () => {
  app = await launchApp();
  const { page } = app;
  await page.getByRole("link", { name: "Hardware" }).click();
  await page.getByRole("tab", { name: "Tune" }).click();
  await page.getByLabel("Time at most").selectOption("120 min");
  await page.getByRole("button", { name: "Start tuning" }).click();
  await expect(page.getByRole("progressbar", { name: "Tuning" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Tried" }).getByRole("row")).not.toHaveCount(0);
  await page.getByRole("link", { name: "Models" }).click();
  // The address remembers the tab.
  await page.goBack();
  await expect(page.getByRole("tab", { name: "Tune" })).toHaveAttribute("aria-selected", "true");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Start tuning" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(page.getByText("Stopped.")).toBeVisible();
});
