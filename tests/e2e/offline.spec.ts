import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { ask } from "./support/chatSteps.ts";
import { watchDoorOut } from "./support/doorOut.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp | undefined;
let hub: HubServer;
test.beforeEach(async () => {
  hub = await startHubServer({ files: { "tiny-Q4_K_M.gguf": { sizeBytes: 1_000_000, seed: 7 } } });
  process.env["HF_ENDPOINT"] = hub.endpoint;
});
test.afterEach(async () => {
  delete process.env["HF_ENDPOINT"];
  delete process.env["R1_OFFLINE"];
  await app?.close();
  await hub.close();
});

async function openPrivacy(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
}
async function searchHub(page: Page, words: string): Promise<void> {
  await page.getByRole("link", { name: "Models" }).click();
  const field = page.getByRole("textbox", { name: "Search the hub" });
  await field.fill(words);
  await field.press("Enter");
}

test("the record names each connection and its reason; Offline stops all, and is seen and turned off from anywhere", async () => {
  app = await launchApp();
  const { page } = app;
  await ask(page, "What is 17 + 25?");
  await openPrivacy(page);
  const record = page.getByRole("region", { name: "Connections" });
  await expect(record).toContainText("No connection yet.");

  await searchHub(page, "zebra model");
  await expect.poll(() => hub.state.requests.length).toBeGreaterThan(0);
  await openPrivacy(page);
  const row = record.getByRole("row").filter({ hasText: "zebra model" });
  await expect(row).toContainText(new URL(hub.endpoint).host);
  await expect(row).toContainText("You searched for “zebra model”");

  await page.getByRole("button", { name: "Go offline" }).click();
  await expect(page.getByRole("switch", { name: "Offline" })).toBeChecked();
  await expect(page.getByRole("complementary")).toContainText("Offline");
  const before = hub.state.requests.length;
  await searchHub(page, "another model");
  await expect(page.getByText("Offline is on, so no connection was made.").first()).toBeVisible();
  expect(hub.state.requests.length).toBe(before);
  // Chats work as always.
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await ask(page, "What is 6 * 7?");

  const door = await watchDoorOut(app);
  const isOpened = await page.evaluate(() =>
    (window as unknown as { r1: Bridge }).r1.call("shell.openLink", { url: "https://example.com/" }),
  );
  expect(isOpened).toEqual({ ok: true, value: false });
  expect(await door.asked()).toEqual(["R1 Workbench is offline, so the link was not opened."]);
  expect(await door.opened()).toEqual([]);

  await page.getByRole("button", { name: "Go online" }).click();
  await expect(page.getByRole("button", { name: "Go offline" })).toBeVisible();
  await searchHub(page, "a third model");
  await expect.poll(() => hub.state.requests.length).toBeGreaterThan(before);

  await openPrivacy(page);
  await record.getByRole("button", { name: "Clear" }).click();
  await expect(record).toContainText("No connection yet.");
});

test("what something in the window tried is listed as refused", async () => {
  app = await launchApp();
  const { page } = app;
  // The page notices once its code runs.
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  await page.evaluate(() => fetch("https://tracker.example/").catch(() => undefined));
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const picture = new Image();
        picture.onerror = resolve;
        picture.src = "https://pixel.example/p.png";
        document.body.append(picture);
      }),
  );
  await openPrivacy(page);
  const record = page.getByRole("region", { name: "Connections" });
  for (const host of ["tracker.example", "pixel.example"]) {
    await expect(record.getByRole("row").filter({ hasText: host })).toContainText("Refused: nothing was sent");
  }
});

test("an app that was started offline says so, and cannot be turned online by a click", async () => {
  process.env["R1_OFFLINE"] = "1";
  app = await launchApp();
  const { page } = app;
  await expect(page.getByRole("complementary")).toContainText("Offline");
  await expect(page.getByRole("button", { name: "Go online" })).toHaveCount(0);
  await openPrivacy(page);
  await expect(page.getByRole("switch", { name: "Offline" })).toBeDisabled();
  await expect(page.getByRole("tabpanel")).toContainText("R1_OFFLINE is set");
});
