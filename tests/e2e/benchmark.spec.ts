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

interface CustomPlan {
  read: string;
  write: string;
  repeats: string;
}

async function runCustom({ read, write, repeats }: CustomPlan): Promise<void> {
  await page().getByLabel("Plan").selectOption("Custom");
  const form = page().getByRole("form", { name: "New benchmark" });
  const fields = { Read: read, Write: write, Repeats: repeats };
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(value);
    await form.getByLabel(label, { exact: true }).press("Tab");
  }
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
  await of.getByRole("button", { name: "Export" }).click();
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
  await expect(region("History").getByRole("checkbox")).toHaveCount(1);
  await expect(region("History")).toContainText("stopped");
});

test("two results are compared, exported and removed; they are still there after a restart", async () => {
  for (const count of [1, 2]) {
    await runCustom({ read: "32", write: "16", repeats: "2" });
    await expect(region("History").getByRole("checkbox")).toHaveCount(count);
  }
  for (const box of await region("History").getByRole("checkbox").all()) await box.check();
  await page().getByRole("button", { name: "Compare" }).click();
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
  await expect(region("History").getByRole("checkbox")).toHaveCount(2);
  await region("History").getByRole("checkbox").first().check();
  await page().getByRole("button", { name: "Remove…" }).click();
  await page().getByRole("button", { name: "Remove", exact: true }).click();
  await expect(region("History").getByRole("checkbox")).toHaveCount(1);
});
