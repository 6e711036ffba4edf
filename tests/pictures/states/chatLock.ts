import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { ChatLockInfo } from "../../../electron/contract/chatLock.ts";
import { removeLockFile, writeLockFile } from "../../../electron/workbench/chatLock/LockFile.ts";
import { wrapWithPassphrase } from "../../../electron/workbench/chatLock/wrapKey.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const off: ChatLockInfo = { state: "off", hasKeychain: false };
const lock = (state: "open" | "locked" | "decrypted", passphrase: boolean, keychain: boolean): ChatLockInfo => ({
  state,
  opensWith: { passphrase, keychain },
  hasKeychain: keychain,
});
const open = lock("open", true, true);

/** As if main had said so. The chats of the stage stay as they are. */
const telling = (
  name: string,
  info: ChatLockInfo,
  then: (stage: Stage) => Promise<void> = () => Promise.resolve(),
): PictureState => ({
  name: `lock/${name}`,
  home: "used",
  show: async (stage) => {
    await stage.newChat();
    await stage.tell("chatLock.changed", info);
    await expect(stage.page.locator(".lock-screen h1, .lock-progress, .lock-row").first()).toBeVisible();
    await then(stage);
    return async () => {
      await stage.tell("chatLock.changed", off);
      await expect(stage.page.getByRole("textbox", { name: "Message" })).toBeVisible();
    };
  },
});

const settings = (
  name: string,
  info: ChatLockInfo,
  then: (stage: Stage) => Promise<void> = () => Promise.resolve(),
): PictureState => ({
  name: `lock/settings-${name}`,
  home: "used",
  show: async (stage) => {
    await stage.goTo("Settings");
    await stage.page.getByRole("tab", { name: "Privacy" }).click();
    await stage.tell("chatLock.changed", info);
    await stage.page.locator("#setting-chatLock").scrollIntoViewIfNeeded();
    await then(stage);
    return async () => {
      await stage.page.keyboard.press("Escape");
      await expect(stage.page.getByRole("dialog")).toHaveCount(0);
      await stage.tell("chatLock.changed", off);
    };
  },
  subject: (page) => page.locator("#setting-chatLock"),
});
const press = async ({ page }: Stage, name: string): Promise<void> => {
  await page.getByRole("button", { name, exact: true }).click();
};
const choosing = async (stage: Stage): Promise<void> => {
  await press(stage, "Encrypt the chats…");
  await expect(stage.page.getByRole("dialog")).toBeVisible();
};
const typing = async (stage: Stage, again: string): Promise<void> => {
  await choosing(stage);
  await stage.page.getByLabel("New passphrase").fill("four random words");
  await stage.page.getByLabel("The same again").fill(again);
  await press(stage, "Continue");
};

export const chatLockStates: PictureState[] = [
  telling("locked", lock("locked", true, false)),
  telling("locked-keychain", lock("locked", false, true)),
  telling("locked-both", lock("locked", true, true)),
  telling("locked-forgotten", lock("locked", true, false), (stage) => press(stage, "Forgot your passphrase?")),
  telling("locked-refused", lock("locked", true, false), async (stage) => {
    const id = randomUUID();
    const another = await wrapWithPassphrase("0".repeat(64), "four random words", id);
    await writeLockFile(stage.home, { version: 1, id, stage: "encrypted", passphrase: another, keychain: null });
    try {
      await stage.page.getByLabel("Passphrase", { exact: true }).fill("wrong");
      await press(stage, "Unlock");
      await expect(stage.page.locator(".passphrase-wrong:not(:empty)")).toBeVisible();
    } finally {
      await removeLockFile(stage.home);
    }
  }),
  ...(["damaged", "newer", "otherKey"] as const).map((why) =>
    telling(`unreadable-${why}`, {
      state: "unreadable",
      problem: { code: "chat-lock-unreadable", facts: { case: why } },
      hasKeychain: false,
    }),
  ),
  telling("encrypting", { state: "encrypting", hasKeychain: false }),
  telling("decrypting", { state: "decrypting", hasKeychain: false }),
  telling("open", open),
  settings("on", lock("open", true, false)),
  settings("on-both", open),
  settings("on-keychain", lock("open", false, true)),
  settings("turn-on", off, choosing),
  settings("turn-on-keychain", { state: "off", hasKeychain: true }, choosing),
  settings("turn-on-different", off, (stage) => typing(stage, "four other words")),
  settings("turn-on-confirm", off, (stage) => typing(stage, "four random words")),
  settings("change", open, (stage) => press(stage, "Change the passphrase…")),
  settings("backups-left", lock("decrypted", true, false), (stage) => press(stage, "Stop encrypting…")),
  settings("turn-off", open, (stage) => press(stage, "Stop encrypting…")),
];
