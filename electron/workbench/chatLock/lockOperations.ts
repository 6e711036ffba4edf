import type { SwitchedStore } from "./switchStore.ts";

/** The operations of the worker that encrypts and decrypts chats. Each rejects with `disk-full` or `store-failed`. */
export interface LockOperations {
  /** Rejects with `chat-lock-refused` too. */
  expectRoom(params: SwitchedStore): null;
  writeOtherStore(params: SwitchedStore): null;
  removeOtherStore(params: SwitchedStore): null;
  finishSwitch(params: SwitchedStore): null;
  setPlainAside(params: SwitchedStore): null;
  eraseEncrypted(params: SwitchedStore): null;
  close(): null;
}
