import { expect, test } from "@playwright/test";
import { engineProcessId } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp | undefined;
test.afterEach(async () => {
  await app?.close();
});

test("measuring this machine shows its progress, even if the engine of replies crashes and restarts meanwhile", async () => {
  app = await launchApp();
  const { page } = app;
  await page.getByRole("link", { name: "Models" }).click();
  await page.getByRole("button", { name: "Estimate speed" }).click();
  const progress = page.getByRole("progressbar", { name: "Measuring this machine" });
  await expect(progress).toBeVisible();
  const before = await engineProcessId(page);
  process.kill(before, "SIGKILL");
  await expect.poll(() => engineProcessId(page)).not.toBe(before);
  await expect(progress).toBeVisible();
  await expect(page.getByRole("button", { name: "Estimate speed" })).toHaveCount(0);
  await page.getByRole("button", { name: "Stop measuring" }).click();
  await expect(page.getByRole("button", { name: "Estimate speed" })).toBeVisible();
  await expect(progress).toHaveCount(0);
});
