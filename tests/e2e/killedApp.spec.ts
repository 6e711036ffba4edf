import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { ask, engineProcessId, replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";

const nano = new URL("../../resources/models/r1-nano.gguf", import.meta.url);
let home: string;
let app: RunningApp | undefined;
/** The first app's engine, stopped during a load, which no other code would terminate. */
let engine: number | undefined;
test.beforeEach(async () => {
  app = undefined;
  engine = undefined;
  home = await newHome();
  await mkdir(join(home, "models"));
  await cp(nano, join(home, "models", "copied.gguf"));
});
test.afterEach(async () => {
  endEngine();
  await app?.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

function endEngine(): void {
  if (engine !== undefined) process.kill(engine, "SIGKILL");
  engine = undefined;
}

const copyRow = (page: Page) => page.getByRole("row").filter({ hasText: "copied.gguf" });

async function loadedState(page: Page): Promise<string> {
  const outcome = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("models.loaded", {}));
  return outcome.ok ? outcome.value.state : outcome.error.code;
}

test("if the app is killed during a load, the model is marked and not loaded until the user chooses it", async () => {
  app = await launchApp({ home });
  // While stopped, it receives the request to load and never finishes it.
  engine = await engineProcessId(app.page);
  process.kill(engine, "SIGSTOP");
  await app.page.getByRole("link", { name: "Models" }).click();
  await copyRow(app.page).getByRole("button", { name: "Use" }).click();
  await expect(copyRow(app.page).getByRole("progressbar")).toBeVisible();
  const noted = async (): Promise<unknown> => JSON.parse(await readFile(join(home, "model-use.json"), "utf8"));
  const pid = app.electron.process().pid;
  const loading = { models: { copied: { loading: { pid }, mark: null } } };
  await expect(async () => expect(await noted()).toMatchObject(loading)).toPass();
  await app.kill();
  endEngine();

  app = await launchApp({ home });
  const { page } = app;
  await engineProcessId(page);
  expect(await loadedState(page)).toBe("none");
  // It is the default now and remains it: a message says so, and does not load it.
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByRole("alert")).toContainText("The app ended while it was loading this model.");
  expect(await loadedState(page)).toBe("failed");
  await page.getByRole("link", { name: "Models" }).click();
  await expect(copyRow(page)).toContainText("The app ended while it was loading this model.");
  await expect(copyRow(page).getByText("Loaded", { exact: true })).toHaveCount(0);
  await copyRow(page).getByRole("button", { name: "Use" }).click();
  await expect(copyRow(page).getByText("Loaded", { exact: true })).toBeVisible();
  await expect(copyRow(page)).not.toContainText("The app ended");
  await page.getByRole("link", { name: "Chat" }).click();
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
});
