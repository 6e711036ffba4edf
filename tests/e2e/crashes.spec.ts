import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { ask, engineProcessId } from "./support/chatSteps.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { freePort, killPage, nextPage } from "./support/nextPage.ts";

const canary = "Zanzibar7491";
let app: RunningApp | undefined;
test.afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** Returns what main has saved of what was typed in the open chat. */
async function savedDraft(page: Page): Promise<string | null> {
  const chatId = new URL(page.url()).hash.split("/").at(-1) ?? "";
  const outcome = await page.evaluate(
    (id) => (window as unknown as { r1: Bridge }).r1.call("chats.open", { chatId: id }),
    chatId,
  );
  return outcome.ok ? outcome.value.chat.draft : null;
}

test("crashes are told with the log one click away, lose nothing, and leave no text outside the chats", async () => {
  const debuggingPort = await freePort();
  app = await launchApp({ debuggingPort });
  const { home } = app;
  await ask(app.page, `${canary}: what is 17 + 25?`);
  const field = app.page.getByRole("textbox", { name: "Message" });
  await field.fill(`And ${canary} again`);
  await expect.poll(() => savedDraft(app?.page as Page)).toBe(`And ${canary} again`);

  // The engine.
  process.kill(await engineProcessId(app.page), "SIGSEGV");
  // The page.
  await killPage(app);
  const page = await nextPage(debuggingPort);
  const told = page.getByRole("alert").filter({ hasText: "The window stopped working and was loaded again." });
  await expect(told).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue(`And ${canary} again`);
  await inMain(app.electron, ({ shell }) => {
    shell.openPath = (path) => {
      (globalThis as unknown as { opened: string }).opened = path;
      return Promise.resolve("");
    };
  });
  await told.getByRole("button", { name: "Show the log" }).click();
  const opened = () =>
    inMain(app?.electron as never, () => (globalThis as unknown as { opened?: string }).opened ?? "");
  await expect.poll(opened).toBe(join(home, "logs"));

  // The app itself.
  await app.kill();
  app = await launchApp({ home });
  const ended = app.page.getByRole("alert").filter({ hasText: "The app closed unexpectedly last time." });
  await expect(ended).toBeVisible();
  await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue(`And ${canary} again`);
  await ended.getByRole("button", { name: "Dismiss" }).click();
  await expect(app.page.getByRole("alert")).toHaveCount(0);
  await app.quit();

  const places = filesWith(home, canary).map((path) => path.slice(home.length + 1).split(sep)[0]);
  const ofChats = ["store", "state", "backups"];
  expect([...new Set(places)].filter((place) => !ofChats.includes(place ?? ""))).toEqual([]);
  const dumps = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((path) => /\.(dmp|core)$/.test(path));
  expect(dumps).toEqual([]);

  app = await launchApp({ home });
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
  await expect(app.page.getByRole("alert")).toHaveCount(0);
});
