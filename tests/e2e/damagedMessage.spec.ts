import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

test("a message changed in the store says so; the other messages and the window are not affected", async () => {
  for (const answer of ["first answer", "second answer"]) await receive(app, { answer });
  await app.quit();
  const store = new DatabaseSync(join(app.home, "store", "chats.db"));
  store.exec(
    "UPDATE messages SET stats = replace(stats, 'speedSamples', 'speedSbmples') WHERE text = '\"first answer\"'",
  );
  store.close();

  app = await launchApp({ home: app.home, writes: true });
  const { page } = app;
  await page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(replies(page)).toHaveCount(2);
  const [damaged, whole] = [replies(page).first(), replies(page).last()];
  await expect(damaged.getByTestId("answer")).toHaveText("first answer");
  await expect(damaged.getByRole("alert")).toContainText(
    "This message was changed on the disk by something other than this app.",
  );
  await expect(whole.getByRole("alert")).toHaveCount(0);
  await expect(whole).toContainText("10 in, 1 out");
  await receive(app, { answer: "third answer" });
  await expect(replies(page).last().getByTestId("answer")).toHaveText("third answer");
});

test("a message that cannot be rendered is shown as plain text; a window that cannot be rendered is reloaded", async () => {
  const { page } = app;
  await receive(app, { answer: "It is **42**." });
  // From now on, every component that prepares an empty thought throws, as each new reply does.
  await page.evaluate(() => {
    const trimEnd = Reflect.get(String.prototype, "trimEnd") as (this: string) => string;
    String.prototype.trimEnd = function (this: string) {
      if (String(this) === "") throw new TypeError("nobody foresaw this");
      return trimEnd.call(this);
    };
  });
  await page.getByRole("button", { name: "Regenerate" }).click();
  const reply = replies(page).last();
  await expect(reply.getByRole("alert")).toContainText(/This message could not be displayed\. Error id: \S{9}\./);
  await expect(reply.getByTestId("answer")).toHaveText("It is **42**.");
  await expect(page.getByRole("article", { name: "You" })).toContainText("Write it.");

  await page.getByRole("textbox", { name: "Message" }).fill("just typed");
  await page.evaluate(async () => {
    Object.defineProperty(document.documentElement, "dataset", {
      configurable: true,
      get: () => {
        throw new TypeError("nor this");
      },
    });
    await (window as unknown as { r1: Bridge }).r1.call("settings.change", { theme: "dark" });
  });
  await expect(page.getByRole("alert")).toContainText(/The window could not be displayed\. Error id: \S{9}\./);
  await expect(page.getByRole("alert")).toContainText("Your chats are safe.");
  await page.evaluate(() => {
    Reflect.deleteProperty(document.documentElement, "dataset");
    // The same function by its older name.
    String.prototype.trimEnd = Reflect.get(String.prototype, "trimRight") as () => string;
  });
  await page.getByRole("button", { name: "Load again" }).click();
  await page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(replies(page).last().getByTestId("answer")).toHaveText("It is 42.");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("just typed");
  const log = await readFile(join(app.home, "logs", "faults.log"), "utf8");
  expect(log).toContain("TypeError: nobody foresaw this");
  expect(log).toContain("TypeError: nor this");
});
