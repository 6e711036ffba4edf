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
async function searchHub(text: string): Promise<void> {
  const field = page().getByRole("textbox", { name: "Search the hub" });
  await field.fill(text);
  await field.press("Enter");
}
async function chooseFrom(name: string, command: string): Promise<void> {
  await page()
    .getByRole("button", { name: `More about ${name}` })
    .click();
  await page().getByRole("menuitem", { name: command }).click();
}

test("the R1 family is listed without any request: the recommended model first, with the only primary button", async () => {
  const family = page().getByRole("region", { name: "R1 family" });
  const first = family.getByRole("row").filter({ hasText: "Recommended here" });
  await expect(first.getByRole("button", { name: "Download" })).toBeVisible();
  await expect(page().locator(".button.primary")).toHaveCount(1);
  // Each figure that is missing has its reason beside it.
  for (const row of await family.getByRole("row").filter({ hasText: "–" }).all())
    await expect(row).toContainText(/not estimated|short/);
  await page().getByRole("button", { name: "More about R1-Distill-Llama-8B" }).click();
  await page().getByRole("menuitem", { name: "Licence" }).click();
  await expect(page().getByRole("dialog")).toContainText("Llama 3.1 Community License");
  expect(hub.state.requests).toEqual([]);
});

test("a pasted name leads to its file; the download pauses and resumes, and a file that is not a model is reported", async () => {
  await searchHub(`hf:${hub.repo}`);
  // Half of the file, then nothing, so that the test decides when it continues.
  hub.state.fault = ({ start, end }) =>
    end > sizeBytes / 2 ? { stallAfter: Math.max(0, sizeBytes / 2 - start) } : null;
  const row = page().getByRole("row", { name: "tiny", exact: true });
  const height = async () => (await row.boundingBox())?.height;
  const before = await height();
  await row.getByRole("button", { name: "Download" }).click();
  await expect(row.getByRole("progressbar")).toBeVisible();
  await expect(row).toContainText("No data for");
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("Paused");
  expect(await height()).toBe(before);
  hub.state.fault = () => null;
  await row.getByRole("button", { name: "Resume" }).click();
  const installed = page().getByRole("region", { name: "Installed" });
  const arrived = installed.getByRole("row", { name: "tiny" });
  await expect(arrived).toContainText("Get the model in GGUF version 2 or 3.");
  await expect(arrived.getByRole("button", { name: "Use" })).toHaveCount(0);
  if (process.platform !== "win32") expect(await openToOthers(app?.home ?? "")).toEqual([]);
});

test("a download is in one row also after the search that led to it; cancelled, it leaves nothing behind", async () => {
  hub.state.fault = () => ({ stallAfter: 1_000_000 });
  await searchHub(`hf:${hub.repo}`);
  const row = page().getByRole("row", { name: "tiny", exact: true });
  await row.getByRole("button", { name: "Download" }).click();
  await expect(page().getByRole("region", { name: "Hub" }).getByRole("progressbar")).toBeVisible();
  await page().getByRole("button", { name: "Clear the search" }).click();
  await expect(row).toHaveCount(1);
  await expect(page().getByRole("region", { name: "Installed" }).getByRole("progressbar")).toBeVisible();
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(page().getByRole("region", { name: "Downloads" })).toHaveCount(0);
  await expect(row).toHaveCount(0);
});

test("words find repositories, whose files are sizes in a menu; the keyboard alone chooses and downloads one", async () => {
  hub.state.files.set("tiny-Q8_0.gguf", { sizeBytes: 2 * sizeBytes, seed: 8 });
  hub.state.fault = () => ({ stallAfter: 1_000_000 });
  await searchHub("tiny");
  const row = page().getByRole("region", { name: "Hub" }).getByRole("row", { name: hub.repo });
  await expect(row).toContainText("24.0 MB");
  await row.getByRole("button", { name: /^Size of/ }).focus();
  await page().keyboard.press("Enter");
  await expect(page().getByRole("menuitemradio", { name: /Q4_K_M/ })).toBeFocused();
  await page().keyboard.press("ArrowDown");
  await page().keyboard.press("Enter");
  await expect(row).toContainText("48.0 MB");
  await expect(row.getByRole("button", { name: /^Size of/ })).toBeFocused();
  await page().keyboard.press("Tab");
  await expect(row.getByRole("button", { name: "Download" })).toBeFocused();
  await page().keyboard.press("Enter");
  await expect(row.getByRole("progressbar", { name: "Download of tiny" })).toBeVisible();
  await expect(row.getByRole("button", { name: "Pause" })).toBeFocused();
});

test("settings of one model are saved", async () => {
  const form = page().getByRole("region", { name: "Settings of R1 Nano" });
  await chooseFrom("R1 Nano", "Settings");
  await form.getByLabel("Temperature").fill("0.3");
  await form.getByLabel("Temperature").press("Enter");
  await expect(form.getByRole("button", { name: "Reset to defaults" })).toBeVisible();
  await chooseFrom("R1 Nano", "Settings");
  await expect(form).toHaveCount(0);
  await chooseFrom("R1 Nano", "Settings");
  await expect(form.getByLabel("Temperature")).toHaveValue("0.3");
});

test("a downloaded model is offered on every screen, and used only on a click", async () => {
  const model = await readFile(new URL("../../resources/models/r1-nano.gguf", import.meta.url));
  hub.state.files.set("other-Q8_0.gguf", {
    sizeBytes: model.length,
    sha256: createHash("sha256").update(model).digest("hex"),
    bytes: (start, length) => model.subarray(start, start + length),
  });
  await searchHub(`hf:${hub.repo}`);
  await page().getByRole("row", { name: "other" }).getByRole("button", { name: "Download" }).click();
  await page().getByRole("link", { name: "Chat" }).click();
  await page().getByRole("button", { name: "Use now" }).click();
  await ask(page(), "What is 17 + 25?");
  await expect(replies(page()).last().getByTestId("answer")).toContainText("42");
  await page().getByRole("button", { name: "New chat" }).click();
  await expect(page().getByRole("combobox", { name: "Model", exact: true })).not.toContainText("demo");
});
