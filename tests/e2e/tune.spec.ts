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
  const panel = page.getByRole("region", { name: "Tune for this machine" });
  await panel.getByLabel("Minutes").fill("100");
  await panel.getByRole("button", { name: "Start tuning" }).click();
  await expect(panel.getByRole("progressbar", { name: "Tuning" })).toBeVisible();
  await expect(panel.getByRole("list", { name: "Tried" }).getByRole("listitem").first()).toBeVisible();
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByRole("link", { name: "Hardware" }).click();
  await panel.getByRole("button", { name: "Stop" }).click();
  await expect(panel.getByRole("button", { name: "Start tuning" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await expect(panel.getByText("Stopped.")).toBeVisible();
});
