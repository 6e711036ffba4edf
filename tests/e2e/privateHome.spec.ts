import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { openToOthers } from "../support/openToOthers.ts";
import { ask, engineProcessId } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

const secrets = ["GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "HF_TOKEN"];
let app: RunningApp | undefined;
let outside: string;
test.beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-outside-"));
  for (const name of secrets) process.env[name] = "canary-5be1";
});
test.afterEach(async () => {
  for (const name of secrets) delete process.env[name];
  await app?.close();
  app = undefined;
  await rm(outside, { recursive: true, force: true });
});

async function useIt({ page }: RunningApp): Promise<void> {
  await ask(page, "What is 17 + 25?");
  for (const name of ["Models", "Hardware", "Settings"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("main", { name })).toBeVisible();
  }
  await page.getByRole("tab", { name: "Appearance" }).click();
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await page.getByRole("textbox", { name: "Message" }).waitFor();
}

test("everything that the app and Chromium write is private to the user, in an earlier home too", async () => {
  test.skip(process.platform === "win32", "Windows has no such modes.");
  app = await launchApp();
  const { home } = app;
  await useIt(app);
  expect(await openToOthers(home)).toEqual([]);
  await app.quit();
  expect(await openToOthers(home)).toEqual([]);

  // As an earlier release left it.
  execFileSync("chmod", ["-R", "u=rwX,go=rX", home]);
  await writeFile(join(outside, "foreign.gguf"), "");
  await chmod(join(outside, "foreign.gguf"), 0o644);
  await mkdir(join(home, "models"), { recursive: true });
  await symlink(join(outside, "foreign.gguf"), join(home, "models", "foreign.gguf"));
  app = await launchApp({ home });
  await expect.poll(() => openToOthers(home)).toEqual([]);
  await useIt(app);
  expect(await openToOthers(home)).toEqual([]);
  expect(await openToOthers(outside)).toEqual([`644 ${join(outside, "foreign.gguf")}`]);
});

test("the engine's environment contains none of the user's secrets", async () => {
  test.skip(process.platform !== "linux", "Only Linux shows it.");
  app = await launchApp();
  const environment = await readFile(`/proc/${await engineProcessId(app.page)}/environ`, "utf8");
  expect(environment).toContain("PATH=");
  expect(environment).not.toContain("canary-5be1");
});

test("with pipes, folders and links in place of its files, the window opens, answers, and writes through none of them", async () => {
  test.skip(process.platform === "win32", "Windows has no named pipes in folders.");
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  const foreign = join(outside, "foreign.json");
  await writeFile(foreign, "foreign");
  for (const name of ["window.json", "settings.json", "model-use.json", "engine-probes.json"]) {
    execFileSync("mkfifo", [join(home, name)]);
  }
  for (const name of ["inspections.json", "model-choices.json", "settings.json.bak"]) {
    await symlink(foreign, join(home, name));
  }
  await mkdir(join(home, "machine-speeds.json"));
  await mkdir(join(home, "store", "owners", "folder.owner", "inside"), { recursive: true });
  execFileSync("mkfifo", [join(home, "store", "owners", "pipe.owner")]);
  app = await launchApp({ home });
  await useIt(app);
  await app.quit();
  expect(await readFile(foreign, "utf8")).toBe("foreign");
  // The window's position is saved in our own file again.
  expect(JSON.parse(await readFile(join(home, "window.json"), "utf8"))).toHaveProperty("width");
});

test("a chat store that is not a file is an error with a next step; nothing hangs or changes", async () => {
  test.skip(process.platform === "win32", "Windows has no named pipes in folders.");
  const home = await mkdtemp(join(tmpdir(), "r1-workbench-e2e-"));
  await mkdir(join(home, "store"));
  execFileSync("mkfifo", [join(home, "store", "chats.db")]);
  app = await launchApp({ home });
  const { page } = app;
  await expect(page.getByRole("alert").filter({ hasText: "named pipe" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await expect(page.getByRole("main", { name: "Settings" })).toBeVisible();
});
