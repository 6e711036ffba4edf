// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChatLockInfo } from "../../../electron/contract/chatLock.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { LockGate } from "../../../renderer/features/chatLock/LockGate.tsx";
import { ChatLockSettings } from "../../../renderer/features/settings/ChatLockSettings.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { createWindowStores } from "../../../renderer/stores/windowStores.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

type Answers = Parameters<typeof fakeBridge>[0];
const byPassphrase = { passphrase: true, keychain: false };
const locked: ChatLockInfo = { state: "locked", opensWith: byPassphrase, hasKeychain: true };
const open: ChatLockInfo = { ...locked, state: "open" };

function openGate(state: ChatLockInfo | Promise<ChatLockInfo>, answers: Answers = {}) {
  const fake = fakeBridge({ "chatLock.state": () => state, ...answers });
  const door = openDoor(fake.bridge);
  render(
    <StoresContext value={createWindowStores(door)}>
      <LockGate door={door}>
        <p>The chats</p>
      </LockGate>
    </StoresContext>,
  );
  return fake;
}

function openSettings(state: ChatLockInfo, answers: Answers = {}) {
  const fake = fakeBridge({ "chatLock.state": () => state, ...answers });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <ChatLockSettings settings={settings} />
    </StoresContext>,
  );
  return fake;
}

const press = async (name: string): Promise<boolean> => fireEvent.click(await screen.findByRole("button", { name }));
const type = (label: string, value: string): boolean =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const never = new Promise<never>(() => undefined);

test("without a lock, the chats are shown before main has answered", () => {
  openGate(never);
  expect(screen.getByText("The chats")).toBeTruthy();
});

test("where the chats were locked, nothing is shown of them until main says that they are open", async () => {
  openGate(locked);
  expect(await screen.findByRole("heading", { name: "Your chats are locked" })).toBeTruthy();
  cleanup();
  let answer = (_info: ChatLockInfo): void => undefined;
  openGate(new Promise((resolve) => (answer = resolve)));
  expect(screen.queryByText("The chats")).toBeNull();
  expect(screen.queryByRole("heading")).toBeNull();
  answer(open);
  expect(await screen.findByText("The chats")).toBeTruthy();
});

test("if main cannot say whether they are locked, the chats say it themselves", async () => {
  openGate(locked);
  await screen.findByRole("heading");
  cleanup();
  openGate(Promise.reject(new WorkbenchError("store-read-only", { case: "diskFull" })));
  expect(await screen.findByText("The chats")).toBeTruthy();
});

test("a wrong passphrase is said beside the field, which keeps the focus; the right one opens the chats", async () => {
  const { named } = openGate(locked, {
    "chatLock.unlock": ({ passphrase }) => {
      if (passphrase !== "correct horse") throw new WorkbenchError("chat-lock-refused", { case: "passphrase" });
      return open;
    },
  });
  const field = await screen.findByLabelText<HTMLInputElement>("Passphrase");
  expect(document.activeElement).toBe(field);
  expect(field.type).toBe("password");
  await press("Unlock");
  expect(named("chatLock.unlock")).toEqual([]);
  type("Passphrase", "wrong horse");
  await press("Unlock");
  await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
  expect(screen.getByRole("alert").textContent).toBe("That is not the passphrase. Try again.");
  expect(document.activeElement).toBe(field);
  await press("Show the passphrase");
  expect(field.type).toBe("text");
  type("Passphrase", "correct horse");
  await press("Unlock");
  expect(await screen.findByText("The chats")).toBeTruthy();
});

test("with the keychain and a passphrase, either unlocks; a keychain without the key leads to the passphrase", async () => {
  const { named } = openGate(
    { ...locked, opensWith: { passphrase: true, keychain: true } },
    {
      "chatLock.unlock": ({ passphrase }) => {
        if (passphrase === null) throw new WorkbenchError("chat-lock-refused", { case: "keychain" });
        return open;
      },
    },
  );
  await press("Unlock");
  expect((await screen.findByRole("alert")).textContent).toContain("no longer has the key");
  await press("Use the passphrase instead");
  expect(screen.queryByText(/no longer has the key/)).toBeNull();
  type("Passphrase", "correct horse");
  await press("Unlock");
  expect(await screen.findByText("The chats")).toBeTruthy();
  expect(named("chatLock.unlock")).toEqual([{ passphrase: null }, { passphrase: "correct horse" }]);
});

test("where only the keychain unlocked the chats, it is said what its loss means", async () => {
  openGate({ ...locked, opensWith: { passphrase: false, keychain: true } });
  await press("The keychain does not unlock them?");
  expect(screen.getByText(/^You have not set a passphrase\./)).toBeTruthy();
  expect(screen.queryByText(/without your passphrase/)).toBeNull();
});

test("an unreadable lock says why; the chats can be erased, and stay if the question was refused", async () => {
  let isSure = false;
  openGate(
    { state: "unreadable", problem: { code: "chat-lock-unreadable", facts: { case: "damaged" } }, hasKeychain: false },
    { "chatLock.erase": () => (isSure ? { state: "off", hasKeychain: false } : null) },
  );
  expect((await screen.findByRole("alert")).textContent).toContain("the file with their key is damaged");
  await press("Erase the locked chats…");
  expect(screen.queryByText("The chats")).toBeNull();
  isSure = true;
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Erase the locked chats…" }).disabled).toBe(false),
  );
  await press("Erase the locked chats…");
  expect(await screen.findByText("The chats")).toBeTruthy();
});

test("a window that closes while the chats are locked does not wait for what was typed", async () => {
  const fake = openGate(locked);
  await screen.findByRole("heading");
  fake.emit("shell.leaving", {});
  await waitFor(() => expect(fake.named("shell.left")).toHaveLength(1));
});

test("an event locks the window, and another covers it while the chats are encrypted", async () => {
  const fake = openGate(open);
  await screen.findByText("The chats");
  fake.emit("chatLock.changed", { state: "encrypting", hasKeychain: true });
  expect((await screen.findByRole("alertdialog")).textContent).toContain("Encrypting your chats…");
  fake.emit("chatLock.changed", locked);
  expect(await screen.findByRole("heading", { name: "Your chats are locked" })).toBeTruthy();
  expect(screen.queryByText("The chats")).toBeNull();
});

test("the chats are encrypted only after a passphrase was typed twice and its loss was understood", async () => {
  const { named } = openSettings({ state: "off", hasKeychain: false }, { "chatLock.turnOn": () => open });
  await press("Encrypt the chats…");
  expect(screen.getAllByText(/your chats are lost/)).toHaveLength(1);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.getByText(/^This system has no keychain/)).toBeTruthy();
  await press("Continue");
  expect(screen.getByText("At least 8 characters are needed.")).toBeTruthy();
  type("New passphrase", "correct horse");
  await press("Continue");
  expect(screen.getByText("The two are not the same.")).toBeTruthy();
  type("The same again", "correct horse");
  await press("Continue");
  expect(screen.getAllByText(/your chats are lost/)).toHaveLength(1);
  const start = screen.getByRole<HTMLButtonElement>("button", { name: "Encrypt the chats" });
  expect(start.disabled).toBe(true);
  fireEvent.click(screen.getByRole("checkbox"));
  await press("Encrypt the chats");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(named("chatLock.turnOn")).toEqual([{ passphrase: "correct horse", keychain: false }]);
  expect(await screen.findByText("On. A passphrase unlocks the chats.")).toBeTruthy();
});

test("with the keychain alone, no passphrase is asked for, and the only key cannot be turned off", async () => {
  const byKeychain: ChatLockInfo = { ...open, opensWith: { passphrase: false, keychain: true } };
  const { named } = openSettings({ state: "off", hasKeychain: true }, { "chatLock.turnOn": () => byKeychain });
  await press("Encrypt the chats…");
  fireEvent.click(screen.getByRole("radio", { name: /^The system’s keychain/ }));
  expect(screen.queryByLabelText("New passphrase")).toBeNull();
  expect(screen.queryByText(/^This system has no keychain/)).toBeNull();
  await press("Continue");
  fireEvent.click(screen.getByRole("checkbox", { name: /keychain loses the key/ }));
  await press("Encrypt the chats");
  expect(await screen.findByText(/^Set a passphrase before you turn this off: so far, only the keychain/)).toBeTruthy();
  expect(named("chatLock.turnOn")).toEqual([{ passphrase: null, keychain: true }]);
  expect(screen.getByRole<HTMLButtonElement>("switch", { name: "The system’s keychain" }).disabled).toBe(true);
});

test("the passphrase is changed once the present one is typed, too", async () => {
  const { named } = openSettings(open, { "chatLock.setPassphrase": () => open });
  await press("Change the passphrase…");
  type("New passphrase", "four random words");
  type("The same again", "four random words");
  const change = screen.getByRole<HTMLButtonElement>("button", { name: "Change" });
  expect(change.disabled).toBe(true);
  type("Present passphrase", "correct horse");
  expect(change.disabled).toBe(false);
  await press("Change");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(named("chatLock.setPassphrase")).toEqual([{ before: "correct horse", after: "four random words" }]);
});

test("a first passphrase is set without a present one", async () => {
  const byKeychain: ChatLockInfo = { ...open, opensWith: { passphrase: false, keychain: true } };
  const { named } = openSettings(byKeychain, { "chatLock.setPassphrase": () => open });
  await press("Set a passphrase…");
  type("New passphrase", "four random words");
  type("The same again", "four random words");
  await press("Set");
  await waitFor(() => expect(named("chatLock.setPassphrase")).toEqual([{ before: null, after: "four random words" }]));
});

test("a refused change is told in the sheet, and forgotten with it", async () => {
  openSettings(open, {
    "chatLock.turnOff": () => {
      throw new WorkbenchError("chat-lock-refused", { case: "replying" });
    },
  });
  await press("Stop encrypting…");
  type("Present passphrase", "correct horse");
  await press("Stop encrypting");
  expect(await screen.findByText(/while a reply is being written/)).toBeTruthy();
  await press("Cancel");
  await waitFor(() => expect(screen.queryByText(/while a reply is being written/)).toBeNull());
});

test("the sheet says what another passphrase does not do, if there is one already", async () => {
  openSettings({ ...open, opensWith: { passphrase: true, keychain: true } });
  await press("Change the passphrase…");
  expect(
    screen.getByText(/^Whoever knows the earlier passphrase .* stop encrypting and encrypt again\.$/),
  ).toBeTruthy();
  cleanup();
  openSettings({ ...open, opensWith: { passphrase: false, keychain: true } });
  await press("Set a passphrase…");
  expect(screen.queryByText(/^Whoever knows the earlier passphrase/)).toBeNull();
});

test("encrypted backups whose passphrase is lost can be erased", async () => {
  const state: ChatLockInfo = { ...open, state: "decrypted" };
  const { named } = openSettings(state, { "chatLock.erase": () => ({ state: "off", hasKeychain: true }) });
  await press("Stop encrypting…");
  expect(screen.getByText(/Your chats stay\.$/)).toBeTruthy();
  await press("Erase the encrypted backups…");
  await waitFor(() => expect(named("chatLock.erase")).toEqual([{}]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("where only backups are still encrypted, the settings say so, and offer to decrypt them", async () => {
  const state: ChatLockInfo = { ...open, state: "decrypted" };
  const { named } = openSettings(state, { "chatLock.turnOff": () => ({ state: "off", hasKeychain: true }) });
  expect(await screen.findByText(/^No longer encrypted, but earlier backups still are/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Lock now" })).toBeNull();
  await press("Stop encrypting…");
  fireEvent.change(screen.getByLabelText("Present passphrase"), { target: { value: "four words" } });
  await press("Stop encrypting");
  await waitFor(() => expect(named("chatLock.turnOff")).toEqual([{ passphrase: "four words" }]));
});
