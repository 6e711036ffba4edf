import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { BackupClient } from "../../../electron/workbench/backups/BackupClient.ts";
import { type LockStage, readLockFile, writeLockFile } from "../../../electron/workbench/chatLock/LockFile.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { openLock } from "../../support/chatLock/openLock.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const passphrase = "four words of müde";
const turns = 6;
/** A switch has scrypt and several processes in it. A machine that was busy with other work has taken 100 s for a test. */
const timeout = 300_000;

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});

/** What the app has open of a home: the store, the backups and the lock. */
function openHome() {
  const lock = openLock(home, async () => void (await Promise.all([store.stop(), backups.stop()])));
  const encryption = () => lock.encryption();
  const store = new StoreClient({ home, workerPath: paths.storeWorker, encryption });
  const backups = new BackupClient({ home, workerPath: paths.backupWorker, encryption });
  const close = async (): Promise<void> => void (await Promise.all([store.close(), backups.close()]));
  onTestFinished(close);
  return { lock, store, backups, close };
}

/** A home with a chat and a backup of it. Returns the chat's id. */
async function fill(): Promise<string> {
  const store = new ChatStore(home);
  const chatId = addAnsweredChat(store, "okapi", turns, "padding ".repeat(300));
  store.close();
  const { backups, close } = openHome();
  await backups.request("make", { reason: "asked" });
  await close();
  expect(filesWith(home, "okapi").length).toBeGreaterThan(1);
  return chatId;
}

async function expectWhole({ store, backups }: ReturnType<typeof openHome>, chatId: string): Promise<void> {
  const { messages } = await store.request("openChat", { chatId });
  expect(messages).toHaveLength(2 * turns);
  const { hits } = await store.request("searchChats", { query: "okapi", cursor: null });
  expect(hits.length).toBeGreaterThan(0);
  const { backups: made } = await backups.request("list", {});
  expect(made.map(({ contents }) => contents?.messages)).toEqual([2 * turns]);
}

it("encrypts what is there, opens it with the passphrase only, and decrypts it again", { timeout }, async () => {
  const chatId = await fill();
  const first = openHome();
  await expect(first.lock.turnOn("short", false)).rejects.toMatchObject({ facts: { case: "tooShort", least: 8 } });
  expect(first.lock.state.state).toBe("off");
  await first.lock.turnOn(passphrase, false);
  expect(filesWith(home, "okapi")).toEqual([]);
  await expectWhole(first, chatId);
  expect(filesWith(home, "okapi")).toEqual([]);
  await first.lock.lock();
  await expect(first.store.request("chatIds", {})).rejects.toMatchObject({ code: "chats-locked" });
  await first.close();

  const second = openHome();
  expect(second.lock.state.state).toBe("locked");
  await expect(second.store.request("chatIds", {})).rejects.toMatchObject({ code: "chats-locked" });
  await expect(second.lock.unlock("another one")).rejects.toMatchObject({
    code: "chat-lock-refused",
    facts: { case: "passphrase" },
  });
  // The same characters, as macOS may hand them over.
  await second.lock.unlock(passphrase.normalize("NFD"));
  await expectWhole(second, chatId);
  await second.lock.setPassphrase(passphrase, "another passphrase");
  await expect(second.lock.turnOff(passphrase)).rejects.toMatchObject({ facts: { case: "passphrase" } });
  await second.lock.turnOff("another passphrase");
  expect(second.lock.state.state).toBe("off");
  expect(existsSync(join(home, "chat-lock.json"))).toBe(false);
  await expectWhole(second, chatId);
});

it("is not switched while another process has the chats open", { timeout }, async () => {
  const chatId = await fill();
  const other = openHome();
  await other.store.request("openChat", { chatId });
  const ours = openHome();
  await expect(ours.lock.turnOn(passphrase, false)).rejects.toMatchObject({ facts: { case: "inUse" } });
  expect(ours.lock.state.state).toBe("off");
  await expectWhole(other, chatId);
});

describe("switching that was interrupted", () => {
  /** Makes what is in a home after the lock was switched on, and returns what was there before. */
  async function turnedOn(): Promise<{ chatId: string; plain: string }> {
    const chatId = await fill();
    const plain = join(await temporaryFolder(), "chats.db");
    copyFileSync(join(home, "store", "chats.db"), plain);
    const { lock, close } = openHome();
    await lock.turnOn(passphrase, false);
    await close();
    return { chatId, plain };
  }

  function setStage(stage: LockStage): Promise<void> {
    const record = readLockFile(home);
    if (record === null) throw new Error("There is no lock.");
    return writeLockFile(home, { ...record, stage, ...(stage === "encrypted" && { isErasing: true }) });
  }

  it("while the encrypted store was written: is undone", { timeout }, async () => {
    const { chatId, plain } = await turnedOn();
    copyFileSync(plain, join(home, "store", "chats.db"));
    writeFileSync(join(home, "store", "chats-encrypted.db.converting"), "half");
    await setStage("encrypting");
    const app = openHome();
    await app.lock.resume();
    expect(app.lock.state.state).toBe("off");
    expect((await app.store.request("openChat", { chatId })).messages).toHaveLength(2 * turns);
    expect(existsSync(join(home, "store", "chats-encrypted.db"))).toBe(false);
  });

  it("before the plain store was erased: it is erased when the chats are unlocked", { timeout }, async () => {
    const { chatId, plain } = await turnedOn();
    copyFileSync(plain, join(home, "store", "chats.db"));
    await setStage("encrypted");
    const app = openHome();
    await app.lock.resume();
    expect(app.lock.state.state).toBe("locked");
    await app.lock.unlock(passphrase);
    await expectWhole(app, chatId);
    expect(filesWith(home, "okapi")).toEqual([]);
    expect(readLockFile(home)).not.toHaveProperty("isErasing");
  });

  it("while the plain store was mended: what was mended is encrypted", { timeout }, async () => {
    const chatId = await fill();
    // Its damaged one was moved away, and this is to take its place.
    renameSync(join(home, "store", "chats.db"), join(home, "store", "chats.db.mended"));
    const app = openHome();
    await app.lock.turnOn(passphrase, false);
    await expectWhole(app, chatId);
    expect(filesWith(home, "okapi")).toEqual([]);
  });

  it("while the plain store was written: is undone", { timeout }, async () => {
    const { chatId, plain } = await turnedOn();
    writeFileSync(join(home, "store", "chats.db.converting"), readFileSync(plain).subarray(0, 20_000));
    copyFileSync(plain, join(home, "store", "chats.db"));
    await setStage("decrypting");
    const app = openHome();
    await app.lock.unlock(passphrase);
    expect(readLockFile(home)?.stage).toBe("encrypted");
    await expectWhole(app, chatId);
    expect(filesWith(home, "okapi")).toEqual([]);
  });

  it("before the backups were decrypted: is completed", { timeout }, async () => {
    const { chatId, plain } = await turnedOn();
    copyFileSync(plain, join(home, "store", "chats.db"));
    await setStage("decrypted");
    const app = openHome();
    await app.lock.unlock(passphrase);
    expect(app.lock.state.state).toBe("off");
    await expectWhole(app, chatId);
  });
});

it("what an earlier version of the app writes beside encrypted chats is set aside, not erased", {
  timeout,
}, async () => {
  const chatId = await fill();
  const first = openHome();
  await first.lock.turnOn(passphrase, false);
  await first.close();
  // It does not know that there are chats, so it begins new ones, and backs them up.
  const earlier = new ChatStore(home);
  addAnsweredChat(earlier, "quagga");
  earlier.close();
  const backup = "2026-01-02T03-04-05.678Z-day.db";
  copyFileSync(join(home, "store", "chats.db"), join(home, "backups", backup));

  const app = openHome();
  await app.lock.unlock(passphrase);
  const { chats } = await app.store.request("listChats", { cursor: null });
  expect(chats.map(({ id }) => id)).toEqual([chatId]);
  expect(existsSync(join(home, "store", "chats.db"))).toBe(false);
  expect(filesWith(home, "quagga")).toEqual([join("quarantine", ...readdirSync(join(home, "quarantine")), "chats.db")]);
  const { backups } = await app.backups.request("list", {});
  expect(backups.map(({ contents }) => contents?.messages)).toEqual([2 * turns, 2]);
});

it("a damaged lock file opens nothing and changes nothing", { timeout }, async () => {
  const chatId = await fill();
  const first = openHome();
  await first.lock.turnOn(passphrase, false);
  await first.close();
  const path = join(home, "chat-lock.json");
  const whole = readFileSync(path, "utf8");
  const hostile = [
    "",
    "{",
    whole.replace('"n": 131072', '"n": 1073741824'),
    whole.replace('"version": 1', '"version": 2'),
    whole.replace("encrypted", "elsewhere"),
  ];
  for (const text of hostile) {
    writeFileSync(path, text);
    const { lock, store, close } = openHome();
    await expect(store.request("chatIds", {})).rejects.toMatchObject({ code: "chat-lock-unreadable" });
    await expect(lock.unlock(passphrase)).rejects.toMatchObject({ code: "chat-lock-unreadable" });
    await close();
  }
  expect(existsSync(join(home, "store", "chats.db"))).toBe(false);
  writeFileSync(path, whole);
  const again = openHome();
  await again.lock.unlock(passphrase);
  await expectWhole(again, chatId);
});
