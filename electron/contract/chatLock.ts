import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";
import { mostPassphrase } from "./lockChoices.ts";

/** What opens the chats. At least one of them does. */
export interface ChatKeys {
  passphrase: boolean;
  /** The keychain of the system, which opens them at the start without asking. */
  keychain: boolean;
}

/**
 * Whether the chats are encrypted, and can be read:
 *
 *     off ── turnOn ──▶ encrypting ──▶ open ── lock ──▶ locked
 *      ▲                               │ ▲                │
 *      └── decrypting ◀── turnOff ─────┘ └──── unlock ────┘
 *
 * `decrypted`: the chats are not encrypted any more, but earlier backups still are; `turnOff` decrypts them.
 * `unreadable`: what keeps the key cannot be read, and so neither can the chats.
 */
export type ChatLockState =
  | { state: "off" }
  | { state: "encrypting" | "decrypting" }
  | { state: "open" | "locked" | "decrypted"; opensWith: ChatKeys }
  | { state: "unreadable"; problem: Problem };

export type ChatLockInfo = ChatLockState & {
  /** Whether this system has a keychain that can keep the key. */
  hasKeychain: boolean;
};

const passphrase = z.string().max(mostPassphrase);

/** Each rejects with `chat-lock-refused`, `chat-lock-unreadable`, or an error of the store, with nothing changed then. */
export const chatLockCalls = {
  "chatLock.state": call<ChatLockInfo>()(z.object({})),
  /** Encrypts the chats, their backups and documents. Temporary chats end. Takes a while. At least one key is needed. */
  "chatLock.turnOn": call<ChatLockInfo>()(z.object({ passphrase: passphrase.nullable(), keychain: z.boolean() })),
  /** Decrypts them. Null: with the keychain. */
  "chatLock.turnOff": call<ChatLockInfo>()(z.object({ passphrase: passphrase.nullable() })),
  /** Null: with the keychain. */
  "chatLock.unlock": call<ChatLockInfo>()(z.object({ passphrase: passphrase.nullable() })),
  /** Stops replies that are being written, keeps their text, and forgets the key. Temporary chats end. */
  "chatLock.lock": call<ChatLockInfo>()(z.object({})),
  /**
   * Sets, replaces or, with null, removes the passphrase, while the chats are open. `before` is the present one, or null if
   * there is none.
   */
  "chatLock.setPassphrase": call<ChatLockInfo>()(
    z.object({ before: passphrase.nullable(), after: passphrase.nullable() }),
  ),
  /** Lets the keychain open the chats, or no longer, while they are open. */
  "chatLock.setKeychain": call<ChatLockInfo>()(z.object({ isOn: z.boolean() })),
  /**
   * Erases chats that nobody can unlock any more, with their backups, after a question that the page cannot answer. The lock
   * is off then. Returns null if the user refused.
   */
  "chatLock.erase": call<ChatLockInfo | null>()(z.object({})),
};
