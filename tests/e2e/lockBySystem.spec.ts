import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { afterReload } from "./support/afterReload.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { expectLocked, showPrivacy, slow, unlock } from "./support/lockSteps.ts";
import { receive } from "./support/writeReplies.ts";

/* The lock and the system: sleep, the lock of the screen, and the keychain. */

const passphrase = "four random words";
const words = /okapi|Write it|not sent/i;
const keychain = fileURLToPath(new URL("support/keychain.cjs", import.meta.url));

let app: RunningApp;
test.beforeEach(() => test.setTimeout(240_000));
test.afterEach(async () => {
  await app.close();
});

const message = (page: Page) => page.getByRole("textbox", { name: "Message" });
const press = (name: string) => app.page.getByRole("button", { name, exact: true }).click();

/** Main learns from the system what it is about to do. */
const tellMain = (event: "suspend" | "lock-screen"): Promise<void> =>
  inMain(app.electron, ({ powerMonitor }, name) => void powerMonitor.emit(name), event);

test("when the computer sleeps, the chats are locked; what was written by then is kept", async () => {
  app = await launchApp({ writes: true });
  const { page } = app;
  await receive(app, { answer: "The okapi eats leaves." });
  const isOn = await page.evaluate(async (chosen) => {
    const { r1 } = window as unknown as { r1: Bridge };
    return (await r1.call("chatLock.turnOn", { passphrase: chosen, keychain: false })).ok;
  }, passphrase);
  expect(isOn).toBe(true);
  await expect(replies(page).last()).toContainText("The okapi eats leaves.");

  await receive(app, { answer: "Okapis are shy", hold: true });
  await expect(replies(page).last()).toContainText("Okapis are shy");
  await message(page).fill("not sent yet");
  await afterReload([page], () => tellMain("suspend"));
  await expectLocked(page, words);
  await unlock(page, passphrase);
  await expect(replies(page).last()).toContainText("Okapis are shy", slow);
  await expect(message(page)).toHaveValue("not sent yet");
  await expect(page.getByRole("button", { name: "Stop" })).toHaveCount(0);
});

test("when the screen is locked, the chats are too, unless the setting is off", async () => {
  app = await launchApp({ writes: true });
  const { page } = app;
  await receive(app, { answer: "The okapi eats leaves." });
  await showPrivacy(app.page);
  const setting = page.getByRole("switch", { name: "Lock on sleep" });
  await expect(setting).toBeDisabled();
  // Nothing is locked that is not encrypted.
  await tellMain("lock-screen");
  const [turnedOn, state] = await page.evaluate(async (chosen) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const on = await r1.call("chatLock.turnOn", { passphrase: chosen, keychain: false });
    return [on.ok, (await r1.call("chatLock.state", {})) as { value?: { state: string } }] as const;
  }, passphrase);
  expect([turnedOn, state.value?.state]).toEqual([true, "open"]);

  await expect(setting).toBeChecked();
  await setting.click();
  await expect(setting).not.toBeChecked();
  await tellMain("lock-screen");
  // A lock that had begun would end before this does.
  const after = await page.evaluate(async (chosen) => {
    const { r1 } = window as unknown as { r1: Bridge };
    return await r1.call("chatLock.setPassphrase", { before: chosen, after: chosen });
  }, passphrase);
  expect(after).toMatchObject({ ok: true, value: { state: "open" } });

  await setting.click();
  await expect(setting).toBeChecked();
  await afterReload([page], () => tellMain("lock-screen"));
  await expectLocked(page, words);
  await unlock(page, passphrase);
  await expect(page.getByRole("navigation", { name: "Chats" }).getByText("Write it.")).toBeVisible(slow);
});

test("the keychain opens the chats at the start, without asking, until it has no key; a passphrase opens them then", async () => {
  test.skip(process.platform !== "linux", "The keychains of other systems ask their user.");
  app = await launchApp({ writes: true, modules: [keychain] });
  await receive(app, { answer: "The okapi eats leaves." });
  await showPrivacy(app.page);
  await press("Encrypt the chats…");
  await app.page.getByRole("radio", { name: /^The system’s keychain/ }).check();
  await expect(app.page.getByLabel("New passphrase")).toHaveCount(0);
  await press("Continue");
  await app.page.getByRole("checkbox", { name: /if the keychain loses the key$/ }).check();
  await press("Encrypt the chats");
  await expect(app.page.getByText("On. The system’s keychain unlocks the chats, without asking.")).toBeVisible(slow);

  await app.quit();
  app = await launchApp({ home: app.home, writes: true, modules: [keychain] });
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);
  await afterReload([app.page], () => press("Lock chats"));
  await expectLocked(app.page, words);
  await press("Unlock");
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);

  await showPrivacy(app.page);
  const setting = app.page.getByRole("switch", { name: "The system’s keychain" });
  await expect(setting).toBeDisabled();
  await press("Set a passphrase…");
  await app.page.getByLabel("New passphrase").fill(passphrase);
  await app.page.getByLabel("The same again").fill(passphrase);
  await press("Set");
  await expect(setting).toBeEnabled(slow);

  await app.quit();
  rmSync(join(app.home, "secrets.json"));
  app = await launchApp({ home: app.home, writes: true, modules: [keychain] });
  await expectLocked(app.page, words);
  await press("Unlock");
  await expect(app.page.getByText("The system’s keychain no longer has the key of the chats.")).toBeVisible();
  await press("Use the passphrase instead");
  await unlock(app.page, passphrase);
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);
});

test("without a keychain, only a passphrase is offered, and it opens what a keychain has opened", async () => {
  test.skip(process.platform !== "linux", "Other systems always have a keychain.");
  app = await launchApp({ writes: true, modules: [keychain] });
  await receive(app, { answer: "The okapi eats leaves." });
  const isOn = await app.page.evaluate(async (chosen) => {
    const { r1 } = window as unknown as { r1: Bridge };
    return (await r1.call("chatLock.turnOn", { passphrase: chosen, keychain: true })).ok;
  }, passphrase);
  expect(isOn).toBe(true);
  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
  const isSafe = await inMain(
    app.electron,
    ({ safeStorage }) =>
      safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend() !== "basic_text",
  );
  test.skip(isSafe, "This machine has a keychain.");
  await expectLocked(app.page, words);
  await expect(app.page.getByRole("button", { name: "Unlock with the keychain instead" })).toBeVisible();
  await unlock(app.page, passphrase);
  await expect(replies(app.page).last()).toContainText("The okapi eats leaves.", slow);

  await showPrivacy(app.page);
  await press("Stop encrypting…");
  await app.page.getByLabel("Present passphrase").fill(passphrase);
  await press("Stop encrypting");
  await expect(app.page.getByRole("button", { name: "Encrypt the chats…" })).toBeVisible(slow);
  await press("Encrypt the chats…");
  await expect(
    app.page.getByText("This system has no keychain that can keep the key, so only a passphrase can unlock the chats."),
  ).toBeVisible();
  await expect(app.page.getByRole("radio")).toHaveCount(0);
  await expect(app.page.getByLabel("New passphrase")).toBeVisible();
});
