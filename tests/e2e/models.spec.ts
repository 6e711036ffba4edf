import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { openToOthers } from "../support/openToOthers.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

const sizeBytes = 24_000_000;
let app: RunningApp | undefined;
let hub: HubServer;
test.beforeEach(async () => {
  hub = await startHubServer({ files: { "tiny-Q4_K_M.gguf": { sizeBytes, seed: 7 } } });
  process.env["HF_ENDPOINT"] = hub.endpoint;
  app = undefined;
  app = await launchApp();
  await app.page.getByRole("link", { name: "Models" }).click();
});
test.afterEach(async () => {
  delete process.env["HF_ENDPOINT"];
  await app?.close();
  await hub.close();
});

const page = (): Page => {
  if (app === undefined) throw new Error("The app did not start.");
  return app.page;
};

test("the R1 family is listed without any request, the recommended model first", async () => {
  const family = page().getByRole("region", { name: "The R1 family" });
  await expect(family.getByRole("row")).toHaveCount(10);
  await expect(family.getByRole("row").nth(1).getByRole("button", { name: "Download" })).toBeVisible();
  await expect(family.getByRole("row", { name: "R1-Distill-Llama-70B" })).toContainText("Llama 3.3 Community License");
  expect(hub.state.requests).toEqual([]);
});

test("a pasted name leads to its file; the download pauses and resumes, and a file that is not a model is reported", async () => {
  await page().getByRole("textbox", { name: "Search the hub" }).fill(`hf:${hub.repo}`);
  await page().getByRole("button", { name: "Search" }).click();
  // Half of the file, then nothing, so that the test decides when it continues.
  hub.state.fault = ({ start, end }) =>
    end > sizeBytes / 2 ? { stallAfter: Math.max(0, sizeBytes / 2 - start) } : null;
  await page().getByRole("row", { name: "tiny-Q4_K_M" }).getByRole("button", { name: "Download" }).click();
  const row = page().getByRole("row", { name: "tiny-Q4_K_M", exact: true });
  await expect(row.getByRole("progressbar")).toBeVisible();
  await expect(row).toContainText("No data for");
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("Paused");
  hub.state.fault = () => null;
  await row.getByRole("button", { name: "Resume" }).click();
  const installed = page().getByRole("region", { name: "On this machine" });
  const arrived = installed.getByRole("row", { name: "tiny-Q4_K_M" });
  await expect(arrived).toContainText("Get the model in GGUF version 2 or 3.");
  await expect(arrived.getByRole("button", { name: "Use now" })).toHaveCount(0);
  const strip = page().getByRole("region", { name: "Downloads" });
  await expect(strip).toContainText("Unusable");
  await strip.getByRole("button", { name: "Dismiss" }).click();
  await expect(strip).toHaveCount(0);
  if (process.platform !== "win32") expect(await openToOthers(app?.home ?? "")).toEqual([]);
});

test("a cancelled download leaves nothing behind", async () => {
  hub.state.fault = () => ({ stallAfter: 1_000_000 });
  await page().getByRole("textbox", { name: "Search the hub" }).fill(`hf:${hub.repo}`);
  await page().getByRole("button", { name: "Search" }).click();
  await page().getByRole("row", { name: "tiny-Q4_K_M" }).getByRole("button", { name: "Download" }).click();
  const row = page().getByRole("row", { name: "tiny-Q4_K_M", exact: true });
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(page().getByRole("region", { name: "Downloads" })).toHaveCount(0);
  await expect(
    page().getByRole("row", { name: "tiny-Q4_K_M" }).getByRole("button", { name: "Download" }),
  ).toBeVisible();
});

test("settings of one model are saved", async () => {
  const form = page().getByRole("region", { name: "Settings of R1 Nano" });
  await page().getByRole("button", { name: "Settings of R1 Nano" }).click();
  await form.getByLabel("Temperature").fill("0.3");
  await form.getByLabel("Temperature").press("Enter");
  await expect(form.getByRole("button", { name: "Reset to defaults" })).toBeVisible();
  await page().getByRole("button", { name: "Settings of R1 Nano" }).click();
  await page().getByRole("button", { name: "Settings of R1 Nano" }).click();
  await expect(form.getByLabel("Temperature")).toHaveValue("0.3");
});

test("a downloaded model is offered in the chat, and used only on a click", async () => {
  const model = await readFile(new URL("../../resources/models/r1-nano.gguf", import.meta.url));
  hub.state.files.set("other-Q8_0.gguf", {
    sizeBytes: model.length,
    sha256: createHash("sha256").update(model).digest("hex"),
    bytes: (start, length) => model.subarray(start, start + length),
  });
  await page().getByRole("textbox", { name: "Search the hub" }).fill(`hf:${hub.repo}`);
  await page().getByRole("button", { name: "Search" }).click();
  await page().getByRole("row", { name: "other-Q8_0" }).getByRole("button", { name: "Download" }).click();
  const installed = page().getByRole("region", { name: "On this machine" });
  await expect(installed.getByText("just downloaded")).toBeVisible();
  await page().getByRole("link", { name: "Chat" }).click();
  const strip = page().getByRole("region", { name: "Downloads" });
  await expect(strip.getByRole("link", { name: "other-Q8_0" })).toBeVisible();
  await strip.getByRole("button", { name: "Use now" }).click();
  await expect(strip).toHaveCount(0);
  await ask(page(), "What is 17 + 25?");
  await expect(replies(page()).last().getByTestId("answer")).toContainText("42");
  await page().getByRole("button", { name: "New chat" }).click();
  await expect(page().getByRole("button", { name: "Model", exact: true })).not.toContainText("tiny demo model");
});
