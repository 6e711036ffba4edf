import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { doubtfulGgufs } from "../support/doubtfulGgufs.ts";
import { hostileGgufs } from "../support/hostileGgufs.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

/** Files that would crash or hang llama.cpp, and those that our check may pass on to it. */
const corpus = [...hostileGgufs.filter(({ native }) => native !== "fails or loads"), ...doubtfulGgufs.structured];
const filesAtOnce = 8;
let app: RunningApp;
let folder: string;
test.beforeEach(async () => {
  app = await launchApp();
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-files-"));
});
test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Imports all files at once and loads those that pass one by one, from the page. Resolves with their codes. */
async function importAndLoad(page: Page, paths: readonly string[]): Promise<Record<string, string>> {
  await chooseInDialogs(app.electron, paths);
  return await page.evaluate(async (files) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const ends: Record<string, string> = {};
    const passed: [path: string, modelId: string][] = [];
    await Promise.all(
      files.map(async (path) => {
        const outcome = await r1.call("shell.importModel", {});
        if (outcome.ok && outcome.value !== null) passed.push([path, outcome.value.id]);
        else ends[path] = outcome.ok ? "cancelled" : outcome.error.code;
      }),
    );
    for (const [path, modelId] of passed) {
      const outcome = await r1.call("models.load", { modelId });
      if (!outcome.ok) ends[path] = outcome.error.code;
      else ends[path] = outcome.value.state === "failed" ? outcome.value.problem.code : outcome.value.state;
    }
    return ends;
  }, paths);
}

/** Uses the window as a user would, and checks that it works. */
async function useTheWindow(page: Page, step: number): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.getByRole("main", { name: "Settings" })).toBeVisible();
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(page.getByRole("row", { name: /R1 Nano/ }).first()).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  await message.fill(`draft ${step}`);
  await expect(message).toHaveValue(`draft ${step}`);
}

test("hostile files are refused or loaded, each with its code, and the window stays responsive", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  const names = new Map(corpus.map(({ name }, index) => [join(folder, `file-${index}.gguf`), name]));
  for (const [index, { bytes }] of corpus.entries()) await writeFile(join(folder, `file-${index}.gguf`), bytes());
  await page.getByRole("textbox", { name: "Message" }).waitFor();

  // The window is used during each batch; tests/bench/hostileFiles.mjs measures how long the gaps are.
  const ends: Record<string, string> = {};
  const paths = [...names.keys()];
  for (let at = 0; at < paths.length; at += filesAtOnce) {
    const ended = importAndLoad(page, paths.slice(at, at + filesAtOnce));
    await useTheWindow(page, at);
    Object.assign(ends, await ended);
  }
  expect(Object.keys(ends)).toHaveLength(corpus.length);
  for (const [path, end] of Object.entries(ends)) expect(end, names.get(path)).toMatch(/^(ready|model-.+)$/);
  // Both kinds must occur, or this test would prove nothing.
  expect(new Set(Object.values(ends))).toContain("ready");
  expect(new Set(Object.values(ends))).toContain("model-header-invalid");

  await page.getByRole("textbox", { name: "Message" }).fill("");
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
});
