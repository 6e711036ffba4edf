import { type ChatLockStore, createChatLockStore } from "./chatLock.ts";
import type { Door } from "./door.ts";
import { createSettingsStore, type SettingsStore } from "./settings.ts";
import { createShellStore, type ShellStore } from "./shell.ts";

/** What a window has while the chats are locked, too. */
export interface WindowStores {
  chatLock: ChatLockStore;
  settings: SettingsStore;
  shell: ShellStore;
}

export function createWindowStores(door: Door): WindowStores {
  return { chatLock: createChatLockStore(door), settings: createSettingsStore(door), shell: createShellStore(door) };
}
