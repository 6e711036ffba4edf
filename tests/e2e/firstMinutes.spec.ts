import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Locator, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

let app: RunningApp | undefined;
let hub: HubServer;
test.beforeEach(async () => {
  hub = await startHubServer({ files: {} });
  process.env["HF_ENDPOINT"] = hub.endpoint;
  app = undefined;
});
test.afterEach(async () => {
  delete process.env["HF_ENDPOINT"];
  await app?.close();
  await hub.close();
});

const box = async (card: Locator) => {
  const found = await card.boundingBox();
  return found && [found.y, found.height].map(Math.round);
};

test("from a fresh home to a model that was downloaded, used and measured, without leaving the first screen's path", async () => {
  test.slow();
  app = await launchApp();
  const { page } = app;
  const card = page.getByRole("region", { name: "Recommended model" });
  await expect(card).toContainText("Recommended here");
  await expect(card).toContainText("fits");
  await expect(page.getByText("Chats stay on this machine.")).toBeVisible();

  // The hub has a small model where it is asked for the recommended one, whichever that is on this machine.
  const name = await page.evaluate(async () => {
    const outcome = await (window as unknown as { r1: Bridge }).r1.call("catalog.get", {});
    if (!outcome.ok) throw new Error("There is no catalogue.");
    const { models, recommended } = outcome.value;
    const files = models.flatMap(({ name: shown, variants }) => variants.map(({ id, file }) => ({ id, shown, file })));
    const { shown = "", file } = files.find(({ id }) => id === recommended?.variantId) ?? {};
    return { repo: file?.repo ?? "", path: file?.path ?? "", shown };
  });
  const model = await readFile(new URL("../../resources/models/r1-nano.gguf", import.meta.url));
  hub.state.files.set(name.path, {
    sizeBytes: model.length,
    sha256: createHash("sha256").update(model).digest("hex"),
    bytes: (start, length) => model.subarray(start, start + length),
  });
  hub.state.intercept = (request) => {
    request.url = (request.url ?? "").replace(name.repo, hub.repo);
    return false;
  };

  // R1 Nano answers at once; nothing was asked of the hub.
  const offered = await box(card);
  await page.getByRole("button", { name: "How many r in strawberry?" }).click();
  await expect(replies(page).last().getByTestId("answer")).toContainText("3");
  expect(hub.state.requests).toEqual([]);
  await page.getByRole("button", { name: "New chat" }).click();

  hub.state.fault = ({ start }) => ({ stallAfter: Math.max(0, 400_000 - start) });
  await card.getByRole("button", { name: "Download" }).click();
  await expect(card.getByRole("progressbar")).toBeVisible();
  await expect(card.getByRole("button", { name: "Pause" })).toBeVisible();
  expect(await box(card)).toEqual(offered);

  // It is seen from everywhere.
  await page.getByRole("link", { name: "Models" }).click();
  await expect(page.getByRole("region", { name: "Downloads" })).toBeVisible();
  await expect(page.getByRole("region", { name: "R1 family" }).getByRole("progressbar")).toBeVisible();
  await page.getByRole("link", { name: "Chat" }).click();
  await page.getByRole("button", { name: "New chat" }).click();

  hub.state.fault = () => null;
  hub.cutConnections();
  await card.getByRole("button", { name: "Use", exact: true }).click({ trial: true, timeout: 30_000 });
  expect(await box(card)).toEqual(offered);
  await expect(page.getByRole("button", { name: "Prove that there are infinitely many primes" })).toBeVisible();
  await card.getByRole("button", { name: "Use", exact: true }).click();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Prove that there are infinitely many primes" })).toBeVisible();

  const message = page.getByRole("textbox", { name: "Message" });
  await message.fill("What is 17 + 25?");
  await message.press("Enter");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
  await page.getByRole("link", { name: "Models" }).click();
  const installed = page.getByRole("region", { name: "Installed" });
  // It keeps the name that it was offered under, whatever its file says.
  const row = installed.getByRole("row", { name: name.shown });
  await expect(row).toContainText("Default");
  await expect(row).toContainText(/tok\/s.*measured/);
  await row.getByRole("button", { name: `More about ${name.shown}` }).click();
  await page.getByRole("menuitem", { name: "Measure" }).click();
  await page.getByRole("combobox", { name: "Plan" }).selectOption("Quick");
  await page.getByRole("button", { name: "Run benchmark" }).click();
  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByRole("heading")).toHaveText(/^[\d,.]+ tok\/s writing, [\d,.]+ tok\/s reading$/, {
    timeout: 60_000,
  });
  await expect(page.getByRole("button", { name: "Run benchmark" })).toBeVisible({ timeout: 60_000 });
  await expect(result).toContainText(name.shown);
  await expect(page.getByRole("region", { name: "History" })).toContainText(name.shown);
});

test("without a network the first chat works; only the download says why it cannot begin", async () => {
  app = await launchApp();
  const { page } = app;
  const card = page.getByRole("region", { name: "Recommended model" });
  const offered = await box(card);
  hub.state.intercept = (request) => {
    request.socket.destroy();
    return true;
  };
  await card.getByRole("button", { name: "Download" }).click();
  await expect(card.getByRole("alert")).toContainText("The connection to 127.0.0.1");
  await expect(card.getByRole("button", { name: "Resume" })).toBeVisible();
  expect(await box(card)).toEqual(offered);
  await card.getByRole("button", { name: "Details" }).click();
  await card.getByRole("button", { name: "Delete what was downloaded" }).click();
  await expect(card.getByRole("button", { name: "Download" })).toBeVisible();
  await page.getByRole("button", { name: "Which is larger, 9.11 or 9.9?" }).click();
  await expect(replies(page).last().getByTestId("answer")).toContainText("9.9");
});
