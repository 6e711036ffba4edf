import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { replies } from "./support/chatSteps.ts";
import { filesOf } from "./support/filesOf.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const chats = () => app.page.getByRole("navigation", { name: "Chats" });
const showBackups = async (): Promise<void> => {
  await app.page.getByRole("link", { name: "Settings" }).click();
  await app.page.getByRole("tab", { name: "Privacy" }).click();
};

test("a backup is restored, the chats are those of then, and the restore is undone", async () => {
  await receive(app, { answer: "first answer" });
  await showBackups();
  await app.page.getByRole("button", { name: "Back up now" }).click();
  await expect(app.page.getByText("Backed up", { exact: true })).toBeVisible();
  await chats().getByText("Write it.").click();
  await receive(app, { answer: "second answer" });
  await expect(replies(app.page)).toHaveCount(2);
  await showBackups();
  const row = app.page.getByRole("row").filter({ hasText: "On request" });
  await row.getByRole("button", { name: /^Restore/ }).click();
  await expect(app.page.getByText("Restored. What there was before is in the list.")).toBeVisible();
  await chats().getByText("Write it.").click();
  await expect(replies(app.page)).toHaveCount(1);
  await showBackups();
  await app.page.getByRole("button", { name: "Undo restore" }).click();
  await expect(app.page.getByText("The restore is undone")).toBeVisible();
  await chats().getByText("Write it.").click();
  await expect(replies(app.page)).toHaveCount(2);
});

test("a store whose header is gone is mended at the start, and the window says how many messages were restored", async () => {
  for (const answer of ["first answer", "second answer"]) await receive(app, { answer });
  // Without the day's backup, it would say that others may be lost. Its folder is made with it.
  const folder = join(app.home, "backups");
  const backups = () => (existsSync(folder) ? filesOf(folder).filter((path) => path.endsWith(".db")) : []);
  await expect.poll(backups).toHaveLength(1);
  await app.quit();
  const path = join(app.home, "store", "chats.db");
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));

  app = await launchApp({ home: app.home, writes: true });
  await expect(app.page.getByRole("alert").filter({ hasText: "The chat store was damaged." })).toContainText(
    /Messages restored.*: 4/,
  );
  await chats().getByText("Write it.").click();
  await expect(replies(app.page)).toHaveCount(2);
  expect(readdirSync(join(app.home, "quarantine"))).toHaveLength(1);
});
