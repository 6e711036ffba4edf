import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { afterReload } from "./support/afterReload.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { expectLocked, showPrivacy, slow, unlock } from "./support/lockSteps.ts";
import { newWindow } from "./support/newWindow.ts";
import { receive } from "./support/writeReplies.ts";

const passphrase = "four random words";

let app: RunningApp;
test.beforeEach(async () => {
  test.setTimeout(240_000);
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const message = (page: Page) => page.getByRole("textbox", { name: "Message" });
const press = (name: string) => app.page.getByRole("button", { name, exact: true }).click();

async function typeNew(words: string): Promise<void> {
  await app.page.getByLabel("New passphrase").fill(words);
  await app.page.getByLabel("The same again").fill(words);
}

const expectNothingOfChats = (page: Page): Promise<void> => expectLocked(page, /okapi|Write it|not sent/i);

test("chats are encrypted, locked, unlocked and searched, also after a restart, with another passphrase, and decrypted", async () => {
  await receive(app, { answer: "The okapi eats leaves." });
  await message(app.page).fill("not sent yet");
  await showPrivacy(app.page);
  await press("Encrypt the chats…");
  await typeNew(passphrase);
  await press("Continue");
  await expect(app.page.getByRole("button", { name: "Encrypt the chats", exact: true })).toBeDisabled();
  await app.page.getByRole("checkbox", { name: /^I understand that nobody can read my chats/ }).check();
  await press("Encrypt the chats");
  await expect(app.page.getByText("On. A passphrase unlocks the chats.")).toBeVisible(slow);

  // Everything is there, and searched.
  const search = app.page.getByRole("searchbox", { name: "Search chats" });
  await search.fill("okapi");
  await expect(app.page.getByRole("option", { name: /The okapi eats leaves/ })).toBeVisible();
  await search.fill("");
  await app.page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.");
  await expect(message(app.page)).toHaveValue("not sent yet");

  await message(app.page).press("End");
  await message(app.page).pressSequentially(", this neither");
  await afterReload([app.page], () => press("Lock chats"));
  await expectNothingOfChats(app.page);
  const field = app.page.getByLabel("Passphrase", { exact: true });
  await expect(field).toBeFocused();
  await unlock(app.page, "for random words");
  await expect(app.page.getByText("That is not the passphrase. Try again.")).toBeVisible(slow);
  await expect(field).toBeFocused();
  await expectNothingOfChats(app.page);
  await unlock(app.page, passphrase);
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);
  await expect(message(app.page)).toHaveValue("not sent yet, this neither");

  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
  await expectNothingOfChats(app.page);
  await unlock(app.page, passphrase);
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);

  await showPrivacy(app.page);
  await press("Change the passphrase…");
  await app.page.getByLabel("Present passphrase").fill(passphrase);
  await typeNew("five other random words");
  await press("Change");
  await expect(app.page.getByRole("dialog")).toHaveCount(0, slow);
  await afterReload([app.page], () => press("Lock now"));
  await expectNothingOfChats(app.page);
  await unlock(app.page, passphrase);
  await expect(app.page.getByText("That is not the passphrase. Try again.")).toBeVisible(slow);
  await unlock(app.page, "five other random words");
  await expect(app.page.getByRole("navigation", { name: "Chats" }).getByText("Write it.")).toBeVisible(slow);

  await showPrivacy(app.page);
  await press("Stop encrypting…");
  await app.page.getByLabel("Present passphrase").fill("five other random words");
  await press("Stop encrypting");
  await expect(app.page.getByRole("button", { name: "Encrypt the chats…" })).toBeVisible(slow);
  await app.page.getByRole("navigation", { name: "Chats" }).getByText("Write it.").click();
  await expect(message(app.page)).toHaveValue("not sent yet, this neither");
  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.");
});

test("the window of a single chat is locked with the main one, by its key, and opens with it", async () => {
  await receive(app, { answer: "The okapi eats leaves." });
  const second = await newWindow(app.electron, () => app.page.keyboard.press("Control+Shift+N"));
  await expect(message(second)).toBeVisible();
  const done = await app.page.evaluate(async (words) => {
    const { r1 } = window as unknown as { r1: Bridge };
    return (await r1.call("chatLock.turnOn", { passphrase: words, keychain: false })).ok;
  }, passphrase);
  expect(done).toBe(true);
  await expect(app.page.getByRole("button", { name: "Lock chats" })).toBeVisible();
  // The chat is read anew in both windows, because the store was replaced.
  for (const page of [app.page, second]) await expect(replies(page).last()).toContainText("The okapi eats leaves.");
  await afterReload([app.page, second], () => second.keyboard.press("Control+Shift+L"));
  for (const page of [app.page, second]) await expectNothingOfChats(page);
  const titles = await inMain(app.electron, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  );
  expect(titles).toEqual(["R1 Workbench", "R1 Workbench"]);
  await unlock(second, passphrase);
  for (const page of [app.page, second]) {
    await expect(replies(page).last()).toContainText("The okapi eats leaves.", slow);
  }
});
