import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { launchApp, launchCommand } from "./support/launchApp.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { inMain } from "../support/inMain.mjs";
import { shareApp } from "./support/shareApp.ts";

const app = shareApp(() => launchApp());

test("the page is sandboxed and has access only to the bridge", async () => {
  const reach = await app.page.evaluate(() => ({
    require: typeof (globalThis as Record<string, unknown>).require,
    process: typeof (globalThis as Record<string, unknown>).process,
    buffer: typeof (globalThis as Record<string, unknown>).Buffer,
    bridge: Object.keys((globalThis as unknown as { r1: object }).r1).sort(),
    origin: location.origin,
  }));
  expect(reach).toEqual({
    require: "undefined",
    process: "undefined",
    buffer: "undefined",
    bridge: ["attachFiles", "attachRun", "call", "importFile", "onEvent"],
    origin: "workbench://app",
  });
  const preferences = await inMain(app.electron, ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
});

test("a window's page is loaded in the process that its window began with", async () => {
  // Another process would cost a start a tenth of a second.
  const processes = await inMain(app.electron, async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    await window.loadURL("about:blank");
    const begun = window.webContents.getOSProcessId();
    await window.loadURL("workbench://app/index.html");
    const loaded = window.webContents.getOSProcessId();
    window.destroy();
    return { begun, loaded };
  });
  expect(processes.loaded).toBe(processes.begun);
});

test("the page cannot fetch, navigate away or open a window", async () => {
  // A separate app, because for Playwright the page never stops navigating.
  const own = await launchApp();
  try {
    const fetched = await own.page.evaluate(() =>
      fetch("https://example.com/").then(
        () => "fetched",
        () => "refused",
      ),
    );
    expect(fetched).toBe("refused");
    await own.page.evaluate(() => {
      location.href = "https://example.com/";
    });
    expect(await own.page.evaluate(() => location.origin)).toBe("workbench://app");
    const windows = await inMain(own.electron, ({ BrowserWindow, dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
      return BrowserWindow.getAllWindows().length;
    });
    expect(await own.page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);
    expect(windows).toBe(1);
  } finally {
    await own.close();
  }
});

test("calls are parsed: a wrong name, a wrong shape and a hostile id are refused with a code", async () => {
  const codes = await app.page.evaluate(async () => {
    type AnyCall = { call(name: unknown, input: unknown): ReturnType<Bridge["call"]> };
    const anyCall: AnyCall["call"] = (name, input) => (window as unknown as { r1: AnyCall }).r1.call(name, input);
    const outcomes = await Promise.all([
      anyCall("constructor", {}),
      anyCall("chats.open", { chatId: 7 }),
      anyCall("chats.open", { chatId: "../../etc/passwd" }),
      anyCall("chats.send", null),
      anyCall("shell.openLink", { url: "file:///etc/passwd" }),
      anyCall("shell.openLink", { url: "javascript:alert(1)" }),
    ]);
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  });
  expect(codes).toEqual([
    "input-invalid",
    "input-invalid",
    "chat-not-found",
    "input-invalid",
    "link-refused",
    "link-refused",
  ]);
});

test("the page cannot name paths: an id is never read as one, and a file that it created has none", async () => {
  const model = join(app.home, "models", "mine.gguf");
  await mkdir(join(app.home, "models"), { recursive: true });
  await writeFile(model, "not a model");
  const codes = await app.page.evaluate(async (path) => {
    type AnyBridge = Pick<Bridge, "importFile"> & {
      call(name: unknown, input: unknown): ReturnType<Bridge["call"]>;
    };
    const { r1 } = window as unknown as { r1: AnyBridge };
    const file = Object.assign(new File(["GGUF"], path), { path });
    const outcomes = await Promise.all([
      r1.call("models.load", { modelId: path }),
      r1.call("models.choices", { modelId: "/etc/passwd" }),
      r1.call("benchmark.recheck", { modelId: path }),
      r1.call("fit.of", { subject: { kind: "model", modelId: path }, contextSize: null, depth: 0 }),
      r1.call("models.import", { path }),
      r1.importFile(file),
      r1.importFile({ path } as unknown as File),
    ]);
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  }, model);
  expect(codes).toEqual([
    "model-not-found",
    "model-not-found",
    "model-not-found",
    "model-not-found",
    "input-invalid",
    "model-file-missing",
    "model-file-missing",
  ]);
});

test("a second start shows the first window and exits", async () => {
  const { command, args, env } = launchCommand(app.home);
  const second = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  second.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(second, "exit")) as [number | null];
  expect(code).toBe(0);
  expect(said).toContain("already running");
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("a megabyte of pasted text gets a clear error, and the text is kept", async () => {
  const { page } = app;
  const pasted = "All work and no play makes a dull model. ".repeat(25_000);
  await ask(page, pasted);
  await expect(replies(page).last().getByRole("alert")).toContainText(/context/i);
  await expect(replies(page).last().getByRole("alert")).toContainText(/\d[\d,]* tokens/);
  await expect(page.getByRole("article", { name: "You" })).toContainText("All work and no play");
});

test("a message of only spaces is not sent", async () => {
  const { page } = app;
  await page.getByRole("textbox", { name: "Message" }).fill("   \n  ");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await expect(page.getByRole("article")).toHaveCount(0);
});

test("all four screens open and show their names", async () => {
  for (const name of ["Models", "Hardware", "Settings", "Chat"]) {
    await app.page.getByRole("link", { name, exact: true }).click();
    await expect(app.page.getByRole("main")).toBeVisible();
  }
  await app.page.getByRole("link", { name: "Models", exact: true }).click();
  await expect(app.page.getByRole("row", { name: /R1 Nano/ })).toBeVisible();
});

test("in a narrow window, Enter on a hit of the search opens it and closes the list of chats", async () => {
  test.slow();
  const { page } = app;
  await ask(page, "What is 17 + 25?");
  await page.keyboard.press("Control+n");
  await page.setViewportSize({ width: 800, height: 600 });
  await expect(page.getByRole("button", { name: "Search chats" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("searchbox", { name: "Search chats" }).fill("25");
  await expect(page.getByRole("option", { name: /What is 17/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
  await expect(page.locator(".sidebar-shade")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("searchbox", { name: "Search chats" }).fill("");
});

test("with reduced motion, nothing on the page moves or fades", async () => {
  const { page } = app;
  const moving = () =>
    page.evaluate(() => {
      const animated = [...document.querySelectorAll("*")].filter((element) =>
        [undefined, "::before", "::after"].some((part) => {
          const { animationName, transitionDuration } = getComputedStyle(element, part);
          return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
        }),
      );
      return animated.length;
    });
  for (const name of ["Settings", "Models", "Chat"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.emulateMedia({ reducedMotion: "no-preference" });
    // The check can tell the difference.
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(await moving()).toBe(0);
  }
  await page.emulateMedia({ reducedMotion: null });
});
