import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { ask, engineProcessId, replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

const nano = new URL("../../resources/models/r1-nano.gguf", import.meta.url);
let home: string;
let app: RunningApp;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  await mkdir(join(home, "models"));
  await cp(nano, join(home, "models", "copied.gguf"));
  app = await launchApp({ home });
});
test.afterEach(async () => {
  await app.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** R1 Nano's copy: it has the same name, and is not the one that comes with the app. */
async function chooseTheCopy(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click();
  await page.getByRole("menuitem", { name: "R1 Nano" }).filter({ hasNotText: "tiny demo model" }).click();
}

test("another model in the middle of a chat: its load shows and is cancelled, the draft stays, the chat goes on", async () => {
  const { page } = app;
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");

  // Stopped, the engine takes the load and never ends it: the person has all the time there is.
  process.kill(await engineProcessId(page), "SIGSTOP");
  await chooseTheCopy(page);
  const progress = page.getByRole("progressbar", { name: "Loading R1 Nano" });
  await expect(progress).toBeVisible();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.pressSequentially("What is 20 + 3?");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(progress).toHaveCount(0);
  await expect(message).toHaveValue("What is 20 + 3?");

  // The chat keeps the choice: its next message loads the model.
  await message.press("Enter");
  await expect(replies(page)).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Model", exact: true })).not.toContainText("tiny demo model");
  await expect(replies(page).last().getByTestId("answer")).toContainText("23");
});
