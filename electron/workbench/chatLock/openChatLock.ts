import type { chatLockCalls, ChatLockInfo } from "../../contract/chatLock.ts";
import type { AskedErasure } from "../../contract/disk.ts";
import { type FactsOf, problemOf, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { atMost } from "../atMost.ts";
import type { RunningCapability } from "../Capability.ts";
import type { Secrets } from "../hub/HubToken.ts";
import { type Clock, createIdleTimer } from "../idleTimer.ts";
import type { Notices } from "../Notices.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { withinMs } from "../withinMs.ts";
import { ChatLock, type ChatLockOptions } from "./ChatLock.ts";
import { plainSetAside } from "./plainSetAside.ts";

export interface OpenChatLockOptions extends Pick<ChatLockOptions, "home" | "host" | "lockWorker" | "closeStore"> {
  secrets: Secrets | undefined;
  settings: Pick<SettingsStore, "get" | "changed">;
  /** Whether this is the app, which completes what was interrupted and opens with the keychain at its start. */
  isApp: boolean;
  /** Asks the user, outside the page, before chats are erased. By default it is refused. */
  confirmErase?: ((asked: AskedErasure) => Promise<boolean>) | undefined;
  /** Returns what is under way that encrypting and decrypting must not interrupt. */
  busyWith: () => Extract<FactsOf<"chat-lock-refused">["case"], "replying" | "moving"> | null;
  /** Resolves once what was typed is saved, and everything that works with chats has ended. */
  endWork: () => Promise<void>;
  /** Forgets what goes with chats that were erased. */
  forget: () => Promise<void>;
  notices: Pick<Notices, "add" | "withdraw">;
  /** Called when the chats can be read again. */
  onOpened: () => void;
  clock: Clock;
  onEvent: EventListener;
}

export interface ChatLockApi {
  encryption: ChatLock["encryption"];
  /** Whether the chats are encrypted, or may be. */
  readonly isOn: boolean;
  /** Whether the chats cannot be read now. */
  readonly isLocked: boolean;
  /** In the app, undoes what was interrupted, and opens the chats if the keychain does. Call once all else is there. Never rejects. */
  begin(): Promise<void>;
  /** Call when somebody uses the app. */
  used(): void;
  /** Locks the chats if they are open. Never rejects. */
  lockIfOpen(): Promise<void>;
}

/** After so many milliseconds, it is asked again whether something is being written. */
const askAgainMs = 60_000;
/** A keychain that asks its user must not keep the app from starting, in milliseconds. */
const keychainMs = 3000;

/** Opens the lock of the chats: switched on and off, locked and unlocked, on request or by itself. */
export function openChatLock(options: OpenChatLockOptions): RunningCapability<typeof chatLockCalls, ChatLockApi> {
  const { home, host, lockWorker, closeStore, secrets, settings, isApp, busyWith, endWork, forget } = options;
  const { confirmErase = () => Promise.resolve(false), notices, onOpened, clock, onEvent } = options;
  const keychain = secrets?.safe === true ? secrets : null;
  const lock = new ChatLock({
    home,
    host,
    lockWorker,
    keychain,
    completes: isApp,
    closeStore,
    onChange: () => {
      isOpen = lock.state.state === "open";
      onEvent("chatLock.changed", info());
      idle.used();
    },
    onUnfinished: (doing, { detail }) => notices.add({ code: "chat-lock-unfinished", facts: { case: doing }, detail }),
  });
  /** Known without reading a file, because it is asked with each movement of the mouse. */
  let isOpen = false;
  const info = (): ChatLockInfo => ({ ...lock.state, hasKeychain: keychain !== null });
  const isLocked = (): boolean => !["off", "open", "decrypted"].includes(lock.state.state);
  const inTurn = atMost(1);
  const idle = createIdleTimer(
    () => (isOpen ? settings.get().lockAfterMinutes : null),
    () => lockOnceIdle(),
    clock,
  );
  /** What is being written is waited for, unless somebody uses the app meanwhile. */
  const lockOnceIdle = (): void => {
    if (busyWith() === null) void lockIfOpen();
    else cancelWait = clock.after(askAgainMs, lockOnceIdle);
  };
  let cancelWait: () => void = () => undefined;
  const stopSettings = settings.changed.on(() => idle.limitChanged());

  const lockNow = async (): Promise<void> => {
    lock.expectLockable();
    await endWork();
    await lock.lock();
  };
  const lockIfOpen = (): Promise<void> =>
    inTurn(async () => {
      if (lock.hasKey) await lockNow();
    }).catch(() => undefined);
  /** Encrypts or decrypts the chats while nothing works with them. */
  const switching = (work: () => Promise<void>): Promise<ChatLockInfo> =>
    inTurn(async () => {
      const busy = busyWith();
      if (busy !== null) throw new WorkbenchError("chat-lock-refused", { case: busy });
      await endWork();
      notices.withdraw("chat-lock-unfinished");
      try {
        await work();
      } finally {
        // Also after a failure: the store was closed.
        if (!isLocked()) onOpened();
      }
      return info();
    });
  /** Tells that more was set aside than before without being encrypted. */
  const tellLeftPlain = (before: number): void => {
    if (plainSetAside(home) > before) notices.add(problemOf("chats-left-plain"));
  };
  const unlock = (passphrase: string | null): Promise<ChatLockInfo> =>
    inTurn(async () => {
      if (!isLocked()) return info();
      const before = plainSetAside(home);
      notices.withdraw("chat-lock-unfinished");
      await lock.unlock(passphrase);
      tellLeftPlain(before);
      // Encrypting was interrupted, and could not be undone at the start.
      if (lock.state.state === "off") notices.add(problemOf("encrypting-undone"));
      onOpened();
      return info();
    });
  const changing = (work: () => Promise<void>): Promise<ChatLockInfo> => inTurn(() => work().then(info));

  return {
    api: {
      encryption: () => lock.encryption(),
      get isOn() {
        return lock.state.state !== "off";
      },
      get isLocked() {
        return isLocked();
      },
      async begin() {
        if (!isApp) return;
        if (lock.state.state === "decrypted") notices.add(problemOf("chat-lock-unfinished", { case: "decrypting" }));
        if (lock.state.state !== "locked") return;
        if (await inTurn(() => lock.resume()).catch(() => false)) {
          notices.add(problemOf("encrypting-undone"));
          onOpened();
        }
        const { state } = lock;
        if (state.state !== "locked" || !state.opensWith.keychain) return;
        // If it does not open them, the lock screen says why when it is tried again.
        const opening = unlock(null).catch(() => null);
        await withinMs(opening, keychainMs);
      },
      used() {
        cancelWait();
        if (isOpen) idle.used();
      },
      lockIfOpen,
    },
    handlers: {
      "chatLock.state": info,
      "chatLock.turnOn": (keys) =>
        switching(async () => {
          await lock.turnOn(keys.passphrase, keys.keychain);
          notices.withdraw("encrypting-undone");
          tellLeftPlain(0);
        }),
      "chatLock.turnOff": ({ passphrase }) => switching(() => lock.turnOff(passphrase)),
      "chatLock.unlock": ({ passphrase }) => unlock(passphrase),
      "chatLock.lock": () => changing(lockNow),
      "chatLock.setPassphrase": ({ before, after }) => changing(() => lock.setPassphrase(before, after)),
      "chatLock.setKeychain": ({ isOn }) => changing(() => lock.setKeychain(isOn)),
      "chatLock.erase": async () => {
        const { state } = lock.state;
        if (state === "decrypted") {
          if (!(await confirmErase({ kind: "lockedBackups" }))) return null;
          return await switching(async () => {
            if (lock.state.state === state) await lock.erase();
          });
        }
        if (!(await confirmErase({ kind: "lockedChats" }))) return null;
        return await inTurn(async () => {
          // Another window has unlocked or erased them meanwhile.
          if (lock.state.state !== state) return info();
          await endWork();
          await lock.erase();
          notices.withdraw("chat-lock-unfinished");
          await forget();
          onOpened();
          return info();
        });
      },
    },
    close: async () => {
      stopSettings();
      // What is being encrypted is completed, or undone by the next start.
      await inTurn(() => Promise.resolve());
    },
  };
}
