import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { processTree } from "./support/appProcesses.ts";
import { filesOf } from "./support/filesOf.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const secret = "hf_canaryCanaryCanary0123456789";
const spellings = [
  Buffer.from(secret),
  Buffer.from(secret, "utf16le"),
  Buffer.from(Buffer.from(secret).toString("base64")),
  Buffer.from(Buffer.from(secret).toString("hex")),
];

test("S14: the hub's token is never in plain text: not in a file, the page, an environment or a command line", async () => {
  const { page, home } = app;
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
  });
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
  // Nothing listens at the hub's address: the token is used, and the request fails.
  await page.getByLabel("Hub address").fill("http://127.0.0.1:9");
  await page.getByLabel("Hub address").press("Enter");
  await expect(page.getByText("In use: http://127.0.0.1:9")).toBeVisible();
  await page.getByLabel("Hub token").fill(secret);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Hub token")).toHaveValue("");
  // If the system cannot store secrets, the field says so.
  const isSafe = await inMain(
    app.electron,
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() &&
      (process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text"),
  );
  const warning = page.getByText("This system has no keychain, so a token is kept only until the app quits.");
  if (isSafe) await expect(warning).toHaveCount(0);
  else await expect(warning).toBeVisible();

  const answers = await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const failed = await r1.call("hub.search", { words: "anything" });
    const states = [
      await r1.call("hub.access", {}),
      await r1.call("settings.get", {}),
      await r1.call("shell.info", {}),
      await r1.call("notices.list", {}),
      await r1.call("engine.state", {}),
      await r1.call("downloads.list", {}),
    ];
    return { code: failed.ok ? "ok" : failed.error.code, all: JSON.stringify([failed, states]) };
  });
  expect(answers.code).toBe("hub-unreachable");
  expect(answers.all).not.toContain(secret);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await receive(app, { answer: "Hello." });
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("tab", { name: "Privacy" }).click();
  await expect(page.getByLabel("Hub token")).toHaveValue("");
  const inPage = await page.evaluate(() => {
    const kept = JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      location.href,
    ]);
    const fields = Array.from(
      document.querySelectorAll("input, textarea"),
      (field) => (field as HTMLInputElement).value,
    );
    return document.documentElement.outerHTML + kept + fields.join();
  });
  expect(inPage).not.toContain(secret);

  const main = app.electron.process().pid ?? 0;
  if (process.platform === "linux") {
    const processes = processTree(main);
    // Main, the zygotes, the page, the engine.
    expect(processes.length).toBeGreaterThanOrEqual(4);
    for (const id of processes) {
      for (const file of ["cmdline", "environ"]) {
        const text = await readFile(`/proc/${id}/${file}`).catch(() => Buffer.alloc(0));
        expect(text.includes(secret), `${file} of ${id}`).toBe(false);
      }
    }
  }
  // A page that crashes leaves no dump with what was typed into it.
  await inMain(app.electron, async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error("There is no window.");
    const isBack = new Promise<void>((resolve) => contents.once("did-finish-load", () => resolve()));
    contents.forcefullyCrashRenderer();
    await isBack;
  });
  await app.quit();
  const files = filesOf(home);
  expect(files.length).toBeGreaterThan(5);
  for (const path of files) {
    const bytes = await readFile(path);
    for (const spelling of spellings) expect(bytes.includes(spelling), path).toBe(false);
  }
});
