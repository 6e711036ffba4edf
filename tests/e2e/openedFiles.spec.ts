import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { ggufBytes } from "../support/GgufPlan.ts";
import { inMain } from "../support/inMain.mjs";
import { tinyLlama } from "../support/tinyLlama.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { launchApp, launchCommand, type RunningApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";

const nano = fileURLToPath(new URL("../../resources/models/r1-nano.gguf", import.meta.url));

let app: RunningApp | null = null;
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-opened-"));
});
test.afterEach(async () => {
  await app?.close();
  app = null;
  await rm(folder, { recursive: true, force: true });
});

async function writeModel(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ggufBytes(tinyLlama()));
  return path;
}

const dialogOf = (page: Page): Locator => page.getByRole("dialog", { name: "Open with R1 Workbench" });

/** Resolves with what the app lists and has loaded. */
async function models(page: Page): Promise<{ paths: string[]; loaded: string }> {
  return await page.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const [list, loaded] = [await r1.call("models.list", {}), await r1.call("models.loaded", {})];
    if (!list.ok || !loaded.ok) throw new Error("A call failed.");
    return {
      paths: list.value.flatMap(({ source }) => (source.kind === "file" ? [source.path] : [])),
      loaded: loaded.value.state,
    };
  });
}

/** Starts the app once more, as the system does for a file. Resolves with its exit code and what it said. */
async function startAgain(running: RunningApp, args: string[], cwd: string): Promise<{ code: number; said: string }> {
  const { command, args: own, env } = launchCommand(running.home);
  const second = spawn(command, [...own, ...args], { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  second.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(second, "exit")) as [number];
  return { code, said };
}

test("files that the app is started with are shown with their facts; nothing is imported or loaded without a click", async () => {
  const model = await writeModel("odd $(touch was-run); 模型 #1.gguf");
  await writeFile(join(folder, "page.gguf"), "<html><script>alert(1)</script></html>");
  await writeFile(join(folder, "--no-sandbox.gguf"), "#!/bin/sh\ntouch was-run\n", { mode: 0o755 });
  await symlink(nano, join(folder, "link.gguf"));
  const args = [
    pathToFileURL(model).href,
    "page.gguf",
    "./--no-sandbox.gguf",
    "link.gguf",
    "gone.gguf",
    ".",
    "https://example.com/x.gguf",
    "--some-switch=/dev/zero",
  ];
  app = await launchApp({ home: await newHome(), startWith: { args, folder } });
  const { page } = app;
  const dialog = dialogOf(page);
  const cards = dialog.getByRole("listitem");
  await expect(cards).toHaveCount(7);
  await expect(cards.nth(0)).toContainText("Tiny Llama");
  await expect(cards.nth(0)).toContainText(model);
  await expect(cards.nth(0).getByRole("definition").filter({ hasText: "512 tokens" })).toBeVisible();
  await expect(
    cards
      .nth(0)
      .getByRole("definition")
      .filter({ hasText: /, fits$/ }),
  ).toBeVisible();
  await expect(cards.nth(1)).toContainText("web page");
  await expect(cards.nth(2)).toContainText("not a GGUF file");
  // The link leads to the model that comes with the app.
  await expect(cards.nth(3)).toContainText("In your models");
  await expect(cards.nth(4)).toContainText("was not found");
  await expect(cards.nth(5)).toContainText("This is a folder");
  await expect(cards.nth(6)).toContainText("https://example.com/x.gguf");
  expect(await axeFaults(page)).toEqual([]);
  const before = await models(page);
  expect(before.paths).toHaveLength(1);
  await expect(readFile(join(app.home, "settings.json"), "utf8").catch(() => "")).resolves.not.toContain("tmp");
  // Typed while it opened.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  expect((await models(page)).paths).toEqual(before.paths);

  // With the keyboard alone.
  await cards.nth(0).getByRole("button", { name: "Import" }).press("Enter");
  await expect(cards.nth(0)).toContainText("In your models");
  const after = await models(page);
  expect(after.paths).toEqual([...before.paths, model]);
  expect(after.loaded).toBe("none");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
});

test("a second start hands its files to the first, from its own folder, and Use loads one", async () => {
  app = await launchApp({ home: await newHome() });
  const { page } = app;
  await mkdir(join(folder, "below"));
  const model = await writeModel("here.gguf");
  expect(await startAgain(app, ["../here.gguf"], join(folder, "below"))).toMatchObject({ code: 0 });
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("listitem", { name: "Tiny Llama" })).toContainText(model);

  // The page decides nothing by paths.
  const codes = await page.evaluate(async (path) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const outcomes = await Promise.all([
      r1.call("models.addOpened", { openedId: path }),
      r1.call("models.readOpened", { openedId: "/etc/passwd" }),
    ]);
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  }, model);
  expect(codes).toEqual(["model-not-found", "ok"]);

  await dialog.getByRole("button", { name: "Use" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await models(page)).loaded).toBe("ready");
  expect((await models(page)).paths).toContain(model);

  // It is there now.
  await startAgain(app, [pathToFileURL(model).href], "/");
  await expect(dialog.getByRole("listitem", { name: "Tiny Llama" })).toContainText("In your models");
  await expect(dialog.getByRole("button", { name: "Import" })).toHaveCount(0);
  await page.keyboard.press("Escape");

  // More than can be handed over at once.
  const many = Array.from({ length: 2000 }, (_, index) => join(folder, `a-rather-long-name-of-a-model-${index}.gguf`));
  expect(await startAgain(app, many, "/")).toMatchObject({ code: 0 });
  await expect(dialog.getByRole("listitem")).toHaveCount(20);
  await expect(dialog).toContainText(/More files were opened/);
});

test("a file that is dropped on the window, or that macOS names in an event, is shown and not imported", async () => {
  app = await launchApp({ home: await newHome() });
  const { page, electron } = app;
  const dropped = await writeModel("dropped.gguf");
  const before = await models(page);
  await page.evaluate(() => {
    const input = Object.assign(document.createElement("input"), { type: "file", id: "given" });
    document.body.append(input);
  });
  await page.locator("#given").setInputFiles(dropped);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>("#given");
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    window.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    input?.remove();
  });
  const dialog = dialogOf(page);
  await expect(dialog.getByRole("listitem", { name: "Tiny Llama" })).toContainText(dropped);

  const named = join(folder, "named.gguf");
  await copyFile(dropped, named);
  await inMain(
    electron,
    ({ app: main }, path) => {
      main.emit("open-file", { preventDefault: () => undefined }, path);
    },
    named,
  );
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
  await expect(dialog.getByRole("listitem").nth(1)).toContainText(named);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(await models(page)).toEqual(before);
});
