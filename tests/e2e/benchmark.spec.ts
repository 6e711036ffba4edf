import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp | undefined;
test.beforeEach(async () => {
  app = undefined;
  app = await launchApp();
  await page().getByRole("link", { name: "Hardware" }).click();
});
test.afterEach(async () => {
  await app?.close();
});

const running = (): RunningApp => {
  if (app === undefined) throw new Error("The app did not start.");
  return app;
};
const page = (): Page => running().page;
const region = (name: string): Locator => page().getByRole("region", { name });
/** The rows of the history, without its head. */
const runs = (): Locator =>
  region("History")
    .getByRole("table")
    .getByRole("row")
    .filter({ has: page().locator("td") });

interface CustomPlan {
  read: string;
  write: string;
  repeats: string;
}

async function runCustom({ read, write, repeats }: CustomPlan): Promise<void> {
  await page().getByLabel("Plan").selectOption("Custom");
  const form = page().getByRole("form", { name: "New benchmark" });
  const fields = { "Read, tokens": read, "Write, tokens": write, Repeats: repeats };
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(value);
  await page().getByRole("button", { name: "Run benchmark" }).click();
}

/** Saves under a name in the home folder, as if the user had chosen it in the dialog. */
async function saveAs(name: string, of: Locator, item: string): Promise<void> {
  await inMain(
    running().electron,
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    join(running().home, name),
  );
  await of.getByRole("button", { name: "More" }).click();
  await page().getByRole("menuitem", { name: item }).click();
}

test("a benchmark continues while other screens are open; a stop keeps what was measured", async () => {
  // A thousand runs of the second test, so that it does not end while the test looks.
  await runCustom({ read: "16", write: "256", repeats: "1000" });
  await expect(page().getByRole("progressbar", { name: "Benchmark" })).toBeVisible();
  await page().getByRole("link", { name: "Chat" }).click();
  await page().getByRole("link", { name: "Hardware" }).click();
  const writing = region("Running benchmark").getByRole("row", { name: /tg256/ });
  await expect(writing).toContainText(/[1-9]\d* of 1,000/);
  await page().getByRole("button", { name: "Stop" }).click();
  await expect(page().getByText("Stopped. The results of 2 tests are kept.")).toBeVisible();
  await expect(region("Result").getByRole("row", { name: /tg256/ })).toBeVisible();
  await expect(runs()).toHaveCount(1);
  await expect(region("History")).toContainText("stopped");
});

test("two results are compared, exported and removed; they are still there after a restart", async () => {
  for (const count of [1, 2]) {
    await runCustom({ read: "32", write: "16", repeats: "2" });
    await expect(runs()).toHaveCount(count);
    // What was measured has the focus, so that it is read out and the keyboard goes on from there.
    const headline = region("Result").getByRole("heading", { name: /tok\/s writing/ });
    await expect(headline).toBeFocused();
    await expect(headline).toBeInViewport();
  }
  await region("History").getByRole("button", { name: "Compare…" }).click();
  for (const box of await region("History").getByRole("checkbox").all()) await box.check();
  await page().getByRole("button", { name: "Compare", exact: true }).click();
  await expect(region("Comparison")).toContainText("Comparable. ");
  await expect(region("Comparison").getByRole("row", { name: /tg16/ })).toBeVisible();

  await saveAs("missing/saved.csv", region("History"), "Save as CSV…");
  await expect(page().getByRole("alert")).toContainText("The file could not be saved.");
  await page().getByRole("button", { name: "Dismiss" }).click();
  await saveAs("saved.csv", region("History"), "Save as CSV…");
  await expect(page().getByText("Saved as saved.csv.")).toBeVisible();
  const [columns, ...rows] = (await readFile(join(running().home, "saved.csv"), "utf8")).trim().split("\n");
  expect(columns).toContain("n_prompt,n_gen,n_depth");
  expect(rows).toHaveLength(4);
  await saveAs("saved.png", region("Result"), "Save picture…");
  await expect(page().getByText("Saved as saved.png.")).toBeVisible();
  expect((await readFile(join(running().home, "saved.png"))).subarray(1, 4).toString()).toBe("PNG");

  const { home } = running();
  await running().quit();
  app = await launchApp({ home });
  await page().getByRole("link", { name: "Hardware" }).click();
  await expect(runs()).toHaveCount(2);

  // An earlier run is opened and removed with the keyboard alone.
  const newest = runs().first().getByRole("button");
  await newest.focus();
  await page().keyboard.press("ArrowDown");
  await expect(runs().last().getByRole("button")).toBeFocused();
  await page().keyboard.press("Enter");
  await expect(runs().last()).toHaveAttribute("aria-current", "true");
  await expect(region("Result").getByRole("heading")).toBeFocused();
  await page().keyboard.press("Tab");
  await expect(region("Result").getByRole("button", { name: "Copy table" })).toBeFocused();
  await page().keyboard.press("Tab");
  await page().keyboard.press("Enter");
  await page().getByRole("menuitem", { name: "Remove…" }).press("Enter");
  await page().getByRole("button", { name: "Remove", exact: true }).press("Enter");
  await expect(runs()).toHaveCount(1);
});

test("tabs are changed with arrow keys and have addresses of their own", async () => {
  const tab = (name: string): Locator => page().getByRole("tab", { name });
  await tab("Benchmark").focus();
  await page().keyboard.press("ArrowRight");
  await expect(tab("Tune")).toBeFocused();
  await expect(page().getByRole("button", { name: "Start tuning" })).toBeVisible();
  await page().keyboard.press("ArrowRight");
  await expect(tab("This machine")).toHaveAttribute("aria-selected", "true");
  await expect(page().getByText("Processor", { exact: true })).toBeVisible();
  await page().goBack();
  await expect(tab("Tune")).toHaveAttribute("aria-selected", "true");
});
