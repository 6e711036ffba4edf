import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { type ModelServer, startModelServer } from "./support/modelServer.ts";

const model = "deepseek-r1";

let app: RunningApp;
let server: ModelServer;
test.beforeEach(async () => {
  server = await startModelServer([model], "vllm");
  server.next = { thought: ["Once", " upon"], answer: [" a", " time."], pauseMs: 30 };
  app = await launchApp();
  await app.page.evaluate(async (url) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const added = await r1.call("servers.add", { name: "Workstation", url });
    if (!added.ok) throw new Error(added.error.code);
    await r1.call("servers.test", { serverId: added.value.id });
  }, server.url);
  await app.page.getByRole("link", { name: "Hardware" }).click();
});
test.afterEach(async () => {
  await app.close();
  await server.close();
});

const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const form = (page: Page): Locator => page.getByRole("form", { name: "New benchmark" });
/** How often a reply was asked for. The first one is the server's test. */
const timesAsked = (): number => server.asked.filter(({ path }) => path === "/v1/chat/completions").length;

async function choose(page: Page): Promise<void> {
  const label = `${model} · Workstation (${server.host}) · This machine`;
  await form(page).getByLabel("Model").selectOption({ label });
  await form(page).getByLabel("Repeats").fill("2");
}

test("a server's model is measured over the connection, and its result is kept apart from this machine's", async () => {
  const { page } = app;
  await expect(form(page).getByLabel("Model")).toHaveValue("r1-nano");
  await choose(page);
  await expect(form(page)).toContainText(`Sends 3 prompts of random words to Workstation (${server.host})`);
  expect(timesAsked()).toBe(1);
  await page.getByRole("button", { name: "Run benchmark" }).click();
  const result = region(page, "Result of a server");
  await expect(result).toContainText("Not comparable with models on this machine.", { timeout: 20_000 });
  await expect(result.getByRole("heading", { name: /tok\/s writing/ })).toBeFocused();
  await expect(result).toContainText("The server counted the tokens.");
  expect(timesAsked()).toBe(4);
  await expect(region(page, "Servers").getByRole("row", { name: new RegExp(`^${model}`) })).toHaveCount(1);
  await expect(region(page, "History")).toHaveCount(0);

  await inMain(
    app.electron,
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    join(app.home, "saved"),
  );
  await result.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Save as JSON…" }).click();
  await expect(result).toContainText("Saved as");
  expect(JSON.parse(await readFile(join(app.home, "saved"), "utf8"))).toMatchObject([
    { kind: "server", measured: "over-the-wire", clock: "app", server: { name: "Workstation", host: server.host } },
  ]);

  // Neither the tuning nor a benchmark of this machine has anything of it.
  await form(page).getByLabel("Model").selectOption("r1-nano");
  await expect(form(page).getByLabel("Plan")).toBeVisible();
  await expect(result).toHaveCount(0);
  await page.getByRole("tab", { name: "Tune" }).click();
  await expect(page.getByLabel("Model").getByRole("option", { name: new RegExp(model) })).toHaveCount(0);
  await page.getByRole("tab", { name: "Benchmark" }).click();
  await region(page, "Servers").getByRole("button").first().click();
  await result.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(region(page, "Servers")).toHaveCount(0);
});

test("stopping ends the request, and a reply that was cut is no figure", async () => {
  const { page } = app;
  await choose(page);
  server.next = { thought: ["Once"], ending: "hold" };
  await page.getByRole("button", { name: "Run benchmark" }).click();
  await expect.poll(timesAsked, { timeout: 20_000 }).toBe(2);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped. Nothing was measured.")).toBeVisible();
  server.next = { thought: ["Once"], ending: "cut" };
  await page.getByRole("button", { name: "Run benchmark" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The connection to Workstation ended before the reply was complete.");
  await expect(alert).toContainText("Nothing was measured.");
  await expect(region(page, "Servers")).toHaveCount(0);
  expect(timesAsked()).toBe(3);
});
