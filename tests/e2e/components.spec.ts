import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, type Locator, test } from "@playwright/test";
import { madePiece, servedFiles, writeComponentsFile } from "../support/components/madeComponent.ts";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { ask, askAndExpectWhole, engineProcessId } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

test.skip(process.platform !== "linux", "The driver's tool is played by a shell script.");

/** Large enough to be stopped on the way, of which half is sent at first. */
const libraryBytes = 24_000_000;
let app: RunningApp;
let server: HubServer;
let folder: string;
const pathBefore = process.env["PATH"] ?? "";

/** What NVIDIA's own tool says of a card. */
const nvidiaSmi = `#!/bin/sh
echo "NVIDIA GeForce RTX 4070, 12282, 11020, 570.86.16"
`;

test.beforeEach(async () => {
  test.setTimeout(2 * measuredWithinMs);
  folder = mkdtempSync(join(tmpdir(), "r1-workbench-cuda-"));
  writeFileSync(join(folder, "nvidia-smi"), nvidiaSmi);
  chmodSync(join(folder, "nvidia-smi"), 0o755);
  const pieces = [
    madePiece("made", { "package.json": '{"version":"1.0.0"}', "bins/lib.so": randomBytes(libraryBytes) }),
    madePiece("made-ext", { "bins/fallback/more.so": randomBytes(1_000_000) }),
  ];
  server = await startHubServer({ files: servedFiles(pieces) });
  const base = `${server.endpoint}/${server.repo}/resolve/${server.state.commit}`;
  process.env["R1_COMPONENTS_FILE"] = writeComponentsFile(folder, base, pieces);
});
test.afterEach(async () => {
  await app.close();
  await server.close();
  process.env["PATH"] = pathBefore;
  delete process.env["R1_COMPONENTS_FILE"];
  rmSync(folder, { recursive: true, force: true });
});

const withCard = (): void => void (process.env["PATH"] = `${folder}${delimiter}${pathBefore}`);

/** The machine is measured before it is first shown. */
const measuredWithinMs = 120_000;

async function showMachine(): Promise<Locator> {
  await app.page.getByRole("link", { name: "Hardware" }).click();
  await app.page.getByRole("tab", { name: "This machine" }).click();
  await app.page.locator(".machine > dt", { hasText: "Processor" }).waitFor({ timeout: measuredWithinMs });
  return app.page.locator(".machine > dt", { hasText: /^CUDA$/ }).locator("+ dd");
}

test("CUDA's files are offered where there is a card, fetched, paused, resumed, installed, repaired and removed", async () => {
  withCard();
  app = await launchApp();
  const { page, home } = app;
  await ask(page, "What is 17 + 25?");
  const row = await showMachine();
  await expect(row).toContainText("to download from 127.0.0.1");
  expect(server.state.requests).toEqual([]);

  server.state.fault = ({ start, end }) =>
    end > libraryBytes / 2 ? { stallAfter: Math.max(0, libraryBytes / 2 - start) } : null;
  await row.getByRole("button", { name: "Download CUDA" }).click();
  await expect(row.getByRole("progressbar")).toBeVisible();
  // It is one of the downloads: what all screens show of those shows it too.
  await expect(page.getByRole("region", { name: "Downloads" }).getByText("CUDA")).toBeVisible();
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("Paused");
  server.state.fault = () => null;
  const before = await engineProcessId(page);
  await row.getByRole("button", { name: "Resume" }).click();
  await expect(row).toContainText("CUDA is installed");
  // The engine is replaced by one that has them.
  await expect(() => engineProcessId(page).then((id) => expect(id).not.toBe(before))).toPass();
  const places = () => readdirSync(join(home, "components")).filter((name) => name.startsWith("cuda-"));
  const [place = ""] = places();
  expect(places()).toHaveLength(1);

  // One that was changed is not used, which is said the next time that it is looked at, and can be fetched again.
  mkdirSync(join(home, "components", place, "planted"));
  await page.getByRole("link", { name: "Models" }).click();
  // Gone back to before it was shown, this screen would not have been left.
  await expect(page.getByRole("main", { name: "Models" })).toBeVisible();
  await showMachine();
  await expect(row).toContainText("CUDA’s files are damaged and are not used.");
  await row.getByRole("button", { name: "Download again" }).click();
  await expect(row).toContainText("CUDA is installed");

  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  expect(places()).toHaveLength(1);
  await row.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(row.getByRole("button", { name: "Download CUDA" })).toBeVisible();
  await expect
    .poll(() => readdirSync(join(home, "components")).filter((name) => !/^\.(?:downloads|verified)/.test(name)))
    .toEqual([]);

  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await askAndExpectWhole(page);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
  await expect(page.getByRole("cell", { name: "You downloaded a part of the app: CUDA" }).first()).toBeVisible();
});

test("without a card, nothing is offered and nothing is fetched", async () => {
  app = await launchApp();
  const row = await showMachine();
  // The list is asked for before the machine is read.
  await expect(row).toHaveCount(0);
  expect(server.state.requests).toEqual([]);
});
