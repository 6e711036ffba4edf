import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { ask, engineProcessId, replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";

const nano = new URL("../../resources/models/r1-nano.gguf", import.meta.url);
let home: string;
let app: RunningApp;
test.beforeEach(async () => {
  home = await newHome();
  await mkdir(join(home, "models"));
  await cp(nano, join(home, "models", "copied.gguf"));
  app = await launchApp({ home });
});
test.afterEach(async () => {
  await app.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** Chooses the copy of R1 Nano, which has the same name but does not come with the app. */
async function chooseTheCopy(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Model", exact: true }).click();
  await page.getByRole("menuitem", { name: "R1 Nano" }).filter({ hasNotText: "tiny demo model" }).click();
}

test("switching models in a chat shows the load, which can be cancelled; the draft is kept and the chat continues", async () => {
  const { page } = app;
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");

  // The stopped engine receives the load and never finishes it, so the user has unlimited time.
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
  await expect(page.getByRole("combobox", { name: "Model", exact: true })).not.toContainText("tiny demo model");
  await expect(replies(page).last().getByTestId("answer")).toContainText("23");
});

/** The model that answers the current message, according to the header. */
const chosen = (): Locator => app.page.getByRole("combobox", { name: "Model", exact: true });
const demo = "tiny demo model";

const restart = async (): Promise<void> => {
  await app.quit();
  app = await launchApp({ home });
};

const newChat = (): Promise<void> => app.page.getByRole("button", { name: "New chat" }).click();

/** Returns the model that `r1 chat` uses by default. */
async function terminalModel(): Promise<string> {
  const r1 = fileURLToPath(new URL("../../scripts/r1.mjs", import.meta.url));
  const env = { ...process.env, R1_WORKBENCH_HOME: home };
  const { stdout } = await promisify(execFile)(process.execPath, [r1, "chat", "--json", "What is 1 + 1?"], { env });
  return (JSON.parse(stdout) as { model: string }).model;
}

test("the model chosen last is used for new chats, the next start and the terminal; a chat keeps its own", async () => {
  // Five starts.
  test.slow();
  await ask(app.page, "What is 1 + 1?");
  await expect(chosen()).toContainText(demo);
  await newChat();
  await chooseTheCopy(app.page);
  await ask(app.page, "What is 2 + 2?");

  await restart();
  await expect(chosen()).not.toContainText(demo);
  await newChat();
  await expect(chosen()).not.toContainText(demo);
  const chats = app.page.getByRole("navigation", { name: "Chats" });
  await chats.getByText("What is 1 + 1?").click();
  await expect(chosen()).toContainText(demo);
  expect(await terminalModel()).toBe("copied");

  // A model chosen on the Models screen is used for new chats; the open chat keeps its own.
  await chats.getByText("What is 2 + 2?").click();
  await app.page.getByRole("link", { name: "Models", exact: true }).click();
  const installed = app.page.getByRole("region", { name: "Installed" });
  const row = installed.getByRole("row").filter({ hasText: "Demo" });
  await row.getByRole("button", { name: "Use", exact: true }).click();
  await expect(row).toContainText("Default");
  await app.page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(replies(app.page)).toHaveCount(1);
  await expect(chosen()).not.toContainText(demo);
  await newChat();
  await expect(chosen()).toContainText(demo);
  await restart();
  await expect(chosen()).toContainText(demo);
  expect(await terminalModel()).toBe("r1-nano");
});

test("a file imported by hand is chosen, from the picker and on the Models screen", async () => {
  const folder = await mkdtemp(join(tmpdir(), "r1-workbench-import-"));
  try {
    for (const name of ["one.gguf", "two.gguf"]) await cp(nano, join(folder, name));
    const installed = app.page.getByRole("region", { name: "Installed" });
    const forNewChats = installed.getByRole("row").filter({ hasText: "Default" });

    await chooseInDialogs(app.electron, [join(folder, "one.gguf"), join(folder, "two.gguf")]);
    await chosen().click();
    await app.page.getByRole("menuitem", { name: "Open a GGUF file…" }).click();
    await expect(chosen()).not.toContainText(demo);
    await app.page.getByRole("link", { name: "Models", exact: true }).click();
    await expect(forNewChats).toContainText("one.gguf");

    await app.page.getByRole("button", { name: "Import" }).click();
    await expect(forNewChats).toContainText("two.gguf");
    await app.page.getByRole("link", { name: "Chat", exact: true }).click();
    await ask(app.page, "What is 1 + 1?");
    expect(await terminalModel()).toMatch(/^two/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("typing in the model picker filters the models; Enter chooses the first match, and Backspace shows them again", async () => {
  const { page } = app;
  await chosen().click();
  const models = page.getByRole("menuitem", { name: "R1 Nano" });
  await expect(models).toHaveCount(2);
  await page.keyboard.type("copied");
  await expect(models).toHaveCount(1);
  await expect(models).toBeFocused();
  await page.keyboard.type("x");
  await expect(models).toHaveCount(0);
  await expect(page.getByText("No model matches.")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(models).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chosen()).not.toContainText(demo);
  // The filter is gone the next time.
  await chosen().click();
  await expect(models).toHaveCount(2);
});
