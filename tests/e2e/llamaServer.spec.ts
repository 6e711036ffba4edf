import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { isProcessAlive } from "../../electron/workbench/isProcessAlive.ts";
import { inMain } from "../support/inMain.mjs";
import { scriptedServerIn, type ServerScript } from "../support/llamaServer/scriptedServerIn.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

const card = "  CUDA0: NVIDIA GeForce RTX 5090 (32109 MiB, 31588 MiB free)";
/** Starting a program takes seconds on a busy machine. */
const started = { timeout: 30_000 };

let app: RunningApp;
let folder: string;
test.beforeEach(async () => {
  test.setTimeout(120_000);
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const section = (page: Page): Locator => page.getByRole("region", { name: "llama-server", exact: true });
const listed = (page: Page): Locator => page.getByRole("listitem", { name: "llama-server" });
const choose = (page: Page): Promise<void> =>
  page.getByRole("button", { name: "Choose the program llama-server" }).click();
const start = (page: Page): Promise<void> => page.getByRole("button", { name: "Start llama-server" }).click();
const gone = (pid: number | undefined): Promise<void> =>
  expect.poll(() => isProcessAlive(pid ?? 0), started).toBe(false);

async function openSettings(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Servers" }).click();
  await expect(section(page)).toContainText("llama-server is not running.");
}

/** Chooses a scripted llama-server in the file dialog, and R1 Nano. */
async function setUp(script: ServerScript = {}) {
  const { page } = app;
  const server = await scriptedServerIn(folder, script);
  await chooseInDialogs(app.electron, [server.program]);
  await openSettings(page);
  await expect(page.getByRole("button", { name: "Start llama-server" })).toBeDisabled();
  await choose(page);
  await expect(section(page)).toContainText("4711 (0123abc)", started);
  await section(page).getByRole("combobox", { name: "Model" }).selectOption({ label: "R1 Nano" });
  await expect(page.getByRole("button", { name: "Start llama-server" })).toBeEnabled();
  return server;
}

test("a chosen llama-server is started, chatted with and stopped; its key is nowhere", async () => {
  const { page } = app;
  const server = await setUp({ devices: [card], asksUntilLoaded: 2, answer: "It is 42." });
  await section(page).getByRole("button", { name: "Show placement" }).click();
  await expect(section(page)).toContainText("NVIDIA GeForce RTX 5090", started);
  await start(page);
  await expect(section(page)).toContainText("llama-server is ready.", started);
  await expect(section(page)).toContainText(/It holds [\d.]+ MB of memory/);
  await section(page).getByText("Log", { exact: true }).click();
  await expect(page.getByRole("region", { name: "The last lines that it wrote" })).toContainText("listening on http");

  await expect(listed(page)).toContainText("Answered", started);
  for (const words of ["This machine", "R1 Nano", "Made for each start"]) {
    await expect(listed(page)).toContainText(words);
  }
  await expect(page.getByRole("button", { name: "More about llama-server" })).toHaveCount(0);

  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("row", { name: "R1 Nano (llama-server)" }).getByRole("button", { name: "Use" }).click();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toHaveText("It is 42.");
  await expect(replies(page).last()).toContainText("This machine");

  const [{ key, pid } = { key: "", pid: 0 }] = await server.starts();
  expect(key.length).toBeGreaterThan(40);
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(key);
  expect(filesWith(app.home, key)).toEqual([]);

  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: "Stop llama-server" }).click();
  await expect(section(page)).toContainText("llama-server is not running.", started);
  await gone(pid);
  await expect(listed(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(page.getByText(/is run by llama-server, which is off\. Start it in Settings, Servers/)).toBeVisible();
});

test("one that is killed is started again, stays listed meanwhile, and ends with the app, however that ends", async () => {
  const { page } = app;
  const server = await setUp();
  await start(page);
  await expect(section(page)).toContainText("llama-server is ready.", started);
  await expect(listed(page)).toContainText("Answered", started);
  const [first] = await server.starts();
  process.kill(first?.pid ?? 0, "SIGKILL");
  await expect.poll(async () => (await server.starts()).length, started).toBe(2);
  await expect(section(page)).toContainText("llama-server is ready.", started);
  await expect(listed(page)).toContainText("Answered");
  await app.kill();
  await gone((await server.starts())[1]?.pid);
});

test("what is no llama-server, and one that cannot load its model, are told with what to do", async () => {
  const { page } = app;
  const server = await setUp({ exit: 1, say: "llama_model_load: error loading model: unknown model architecture" });
  await start(page);
  await expect(section(page).getByRole("alert")).toContainText("llama-server could not load the model.", started);
  await section(page).getByRole("button", { name: "Details" }).click();
  await expect(section(page)).toContainText("unknown model architecture");
  await expect(listed(page)).toHaveCount(0);

  await chooseInDialogs(app.electron, [join(folder, "llama-server.json")]);
  await choose(page);
  await expect(section(page).getByText(/The program could not be run/)).toBeVisible(started);
  // The one that was chosen before stays.
  await expect(section(page)).toContainText(server.program);
});

test("a worker on another machine is agreed to outside the page, and refused while Offline is on", async () => {
  const { page } = app;
  const server = await setUp();
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 1, checkboxChecked: false })) as never;
  });
  const workers = section(page).getByRole("textbox", { name: "Workers" });
  const kept = async (): Promise<unknown> =>
    JSON.parse(await readFile(join(app.home, "llama-server.json"), "utf8")).setup.workers;
  await workers.fill("192.0.2.7:50052");
  await workers.press("Enter");
  await expect(section(page).getByRole("alert")).toContainText("You have not agreed");
  expect(await kept()).toEqual([]);
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
  await workers.press("Enter");
  await expect.poll(kept, started).toEqual(["192.0.2.7:50052"]);
  await page.getByRole("button", { name: "Go offline" }).click();
  await start(page);
  await expect(section(page).getByRole("alert")).toContainText("Offline is on", started);
  expect(await server.starts()).toEqual([]);
});
