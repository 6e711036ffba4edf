import { type ApiServerStore, createApiServerStore } from "./apiServer.ts";
import { type ChatLockStore, createChatLockStore } from "./chatLock.ts";
import type { Door } from "./door.ts";
import { createSettingsStore, type SettingsStore } from "./settings.ts";
import { createShellStore, type ShellStore } from "./shell.ts";

/** What a window has while the chats are locked, too. */
export interface WindowStores {
  apiServer: ApiServerStore;
  chatLock: ChatLockStore;
  settings: SettingsStore;
  shell: ShellStore;
}

export function createWindowStores(door: Door): WindowStores {
  return {
    apiServer: createApiServerStore(door),
    chatLock: createChatLockStore(door),
    settings: createSettingsStore(door),
    shell: createShellStore(door),
  };
}
