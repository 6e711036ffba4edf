import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatLockInfo } from "../../electron/contract/chatLock.ts";
import type { CallInput } from "../../electron/contract/calls.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import { attempts } from "./attempts.ts";
import { type Door, onNamed } from "./door.ts";
import { rememberLocked, rememberedLocked } from "./rememberedLock.ts";
import { snapshotThenEvents } from "./snapshotThenEvents.ts";

export interface ChatLockState {
  /** Null until main has responded, or if it could not. */
  info: ChatLockInfo | null;
  /** Whether the window waits for main before it shows anything of the chats. */
  isAwaited: boolean;
  /** Whether a call of this window is under way. */
  isBusy: boolean;
  /** Why the last of them failed. */
  problem: Problem | null;
  /** Each resolves with whether it was done. A passphrase of null stands for the keychain. */
  unlock: (passphrase: string | null) => Promise<boolean>;
  lock: () => Promise<boolean>;
  turnOn: (keys: CallInput<"chatLock.turnOn">) => Promise<boolean>;
  turnOff: (passphrase: string | null) => Promise<boolean>;
  /** `after`: null removes the passphrase. */
  setPassphrase: (before: string | null, after: string | null) => Promise<boolean>;
  setKeychain: (isOn: boolean) => Promise<boolean>;
  /** Main asks for confirmation. */
  erase: () => Promise<boolean>;
  forgetProblem: () => void;
}
export type ChatLockStore = StoreApi<ChatLockState>;

/** Creates the store of the lock. It exists while the chats are locked, too. */
export function createChatLockStore(door: Door): ChatLockStore {
  const store = createStore<ChatLockState>()((set, get) => {
    const attempt = attempts(door, (problem) => set({ problem }));
    const act = async (work: () => Promise<ChatLockInfo | null>): Promise<boolean> => {
      if (get().isBusy) return false;
      set({ isBusy: true });
      const info = await attempt(work);
      if (info !== null) take(info);
      set({ isBusy: false });
      return info !== null;
    };
    return {
      info: null,
      isAwaited: rememberedLocked(),
      isBusy: false,
      problem: null,
      unlock: (passphrase) => act(() => door.call("chatLock.unlock", { passphrase })),
      lock: () => act(() => door.call("chatLock.lock", {})),
      turnOn: (keys) => act(() => door.call("chatLock.turnOn", keys)),
      turnOff: (passphrase) => act(() => door.call("chatLock.turnOff", { passphrase })),
      setPassphrase: (before, after) => act(() => door.call("chatLock.setPassphrase", { before, after })),
      setKeychain: (isOn) => act(() => door.call("chatLock.setKeychain", { isOn })),
      erase: () => act(() => door.call("chatLock.erase", {})),
      forgetProblem: () => set({ problem: null }),
    };
  });
  const take = (info: ChatLockInfo): void => {
    const { info: before, problem } = store.getState();
    // A problem is about what was asked for in the state before.
    store.setState({ info, isAwaited: false, problem: before?.state === info.state ? problem : null });
    // So that the next start shows neither chats that cannot be read nor, to people without a lock, a pause.
    rememberLocked(startsLocked(info));
  };
  snapshotThenEvents({
    snapshot: () => door.call("chatLock.state", {}),
    events: (tell) => onNamed(door, "chatLock.changed", tell),
    apply: take,
    // Without an answer, the chats themselves say what is wrong.
    fail: () => store.setState({ isAwaited: false }),
  });
  return store;
}

/** Whether the chats will be locked when a window opens next. */
function startsLocked(info: ChatLockInfo): boolean {
  if (info.state === "locked" || info.state === "unreadable") return true;
  return info.state === "open" && !info.opensWith.keychain;
}
