import { randomBytes, randomUUID } from "node:crypto";
import type { ChatKeys, ChatLockState } from "../../contract/chatLock.ts";
import { type FactsOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { leastPassphrase } from "../../contract/lockChoices.ts";
import type { StoreEncryption } from "../sqlite/startOnStore.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { forgetInKeychain, type Keychain, unwrapWithKeychain, wrapWithKeychain } from "./keychainKey.ts";
import { type LockRecord, readLockFile, writeLockFile } from "./LockFile.ts";
import { StoreSwitch, type StoreSwitchOptions } from "./StoreSwitch.ts";
import { unwrapWithPassphrase, wrapWithPassphrase } from "./wrapKey.ts";

export interface ChatLockOptions extends StoreSwitchOptions {
  keychain: Keychain;
}

/**
 * The lock of the chats of a home: whether they are encrypted, and with the key while they are open. `StoreSwitch` encrypts
 * and decrypts them. Its methods must be called one after the other.
 */
export class ChatLock {
  readonly #options: ChatLockOptions;
  readonly #switch: StoreSwitch;
  #key: StoreKey | null = null;

  constructor(options: ChatLockOptions) {
    this.#options = options;
    this.#switch = new StoreSwitch(options);
  }

  get state(): ChatLockState {
    const { shown } = this.#switch;
    if (shown !== null) return { state: shown };
    try {
      const record = readLockFile(this.#options.home);
      if (record === null) return { state: "off" };
      const opensWith = keysOf(record);
      if (record.stage === "decrypted") return { state: "decrypted", opensWith };
      return { state: this.#keyOf(record) === null ? "locked" : "open", opensWith };
    } catch (error) {
      return { state: "unreadable", problem: toProblem(error) };
    }
  }

  /** Whether the key is in memory. */
  get hasKey(): boolean {
    return this.#key !== null;
  }

  /**
   * Returns how to open the chats, or null if they are not encrypted. Throws `chats-locked`, or `chat-lock-unreadable`.
   */
  encryption(): StoreEncryption | null {
    if (this.#switch.isAlone) throw new WorkbenchError("chats-locked");
    const record = readLockFile(this.#options.home);
    if (record === null || record.stage === "decrypted") return null;
    const key = this.#keyOf(record);
    if (key === null) throw new WorkbenchError("chats-locked");
    return { key, host: this.#options.host };
  }

  /** Returns the key of the encrypted store, or null if it is not known or that store is not the one. */
  #keyOf({ stage }: LockRecord): StoreKey | null {
    return stage === "encrypted" || stage === "decrypting" ? this.#key : null;
  }

  /**
   * Encrypts the chats with a new key, which a passphrase, the keychain or either of them opens. They are open then. Rejects
   * with `chat-lock-refused`, or a store's error.
   */
  async turnOn(passphrase: string | null, usesKeychain: boolean): Promise<void> {
    const { home, keychain } = this.#options;
    if (readLockFile(home) !== null) throw refusal("on");
    if (passphrase !== null) expectPassphrase(passphrase);
    if (passphrase === null && !usesKeychain) throw refusal("lastKey");
    const key: StoreKey = randomBytes(32).toString("hex");
    const id = randomUUID();
    const keys = {
      passphrase: passphrase === null ? null : await wrapWithPassphrase(key, passphrase, id),
      keychain: usesKeychain ? await wrapWithKeychain(keychain, key, id) : null,
    };
    try {
      await this.#switch.encrypt(key, { version: 1, id, ...keys });
      this.#key = key;
    } finally {
      await this.#settled(id);
    }
  }

  /** Decrypts the chats. Null: with the keychain. Rejects with `chat-lock-refused`, or a store's error. */
  async turnOff(passphrase: string | null): Promise<void> {
    const { record: found, key } = await this.#opened(passphrase);
    try {
      await this.#switch.complete(found, key);
      const record = readLockFile(this.#options.home);
      if (record !== null) await this.#switch.decrypt(key, record);
    } finally {
      await this.#settled(found.id);
    }
  }

  /**
   * Opens the chats, and completes what was interrupted. Null: with the keychain. Rejects with `chat-lock-refused`, or a
   * store's error.
   */
  async unlock(passphrase: string | null): Promise<void> {
    const { record, key } = await this.#opened(passphrase);
    await this.#switch.complete(record, key);
    this.#key = key;
    await this.#settled(record.id);
  }

  /** Throws `chat-lock-refused` if the chats are not encrypted. */
  expectLockable(): void {
    const { state } = this.state;
    if (state === "decrypted" || (state === "off" && this.#key === null)) throw refusal("off");
  }

  /**
   * Ends everything that has the key or the chats in memory, whatever has become of the file. Rejects with
   * `chat-lock-refused` if they are not encrypted.
   */
  async lock(): Promise<void> {
    this.expectLockable();
    this.#key = null;
    this.#options.onChange();
    await this.#options.closeStore();
  }

  /**
   * Sets, replaces or, with null, removes the passphrase. The chats are not written again. Rejects with
   * `chat-lock-refused`, or with `chats-locked` if only the keychain opens them and it has not.
   */
  async setPassphrase(before: string | null, after: string | null): Promise<void> {
    if (after !== null) expectPassphrase(after);
    const record = this.#record();
    if (after === null && record.keychain === null) throw refusal("lastKey");
    const key = record.passphrase === null ? this.#key : await unwrapped(record, before);
    if (key === null) throw record.passphrase === null ? new WorkbenchError("chats-locked") : refusal("passphrase");
    const passphrase = after === null ? null : await wrapWithPassphrase(key, after, record.id);
    await writeLockFile(this.#options.home, { ...record, passphrase });
    this.#options.onChange();
  }

  /** Lets the keychain open the chats, or no longer. Rejects with `chat-lock-refused`, or `chats-locked`. */
  async setKeychain(isOn: boolean): Promise<void> {
    const record = this.#record();
    if (this.#key === null) throw new WorkbenchError("chats-locked");
    if (!isOn && record.passphrase === null) throw refusal("lastKey");
    if (isOn === (record.keychain !== null)) return;
    const { home, keychain, onChange } = this.#options;
    const wrapped = isOn ? await wrapWithKeychain(keychain, this.#key, record.id) : null;
    await writeLockFile(home, { ...record, keychain: wrapped });
    if (!isOn) await forgetInKeychain(keychain, record.id);
    onChange();
  }

  /**
   * Erases chats that cannot be unlocked, with their backups, or only the backups if the chats are decrypted. The lock is off
   * then. Rejects with `chat-lock-refused`.
   */
  async erase(): Promise<void> {
    const { state } = this.state;
    if (state === "open") throw refusal("open");
    const record = state === "unreadable" ? null : this.#record();
    // What is left of a switch has the same chats. Otherwise, a plain store beside them is another one.
    const isRest = record !== null && (record.stage === "decrypting" || record.isErasing === true);
    await this.#switch.erase(isRest);
    await this.#settled(record?.id ?? null);
  }

  /**
   * Undoes a switching on that was interrupted before the chats were encrypted, which needs no key. Call before the store is
   * opened. Resolves with whether there was one. Rejects with `chat-lock-unreadable`, `chat-lock-refused`, or a store's error.
   */
  async resume(): Promise<boolean> {
    const record = readLockFile(this.#options.home);
    if (record?.stage !== "encrypting") return false;
    await this.#switch.undoEncrypting();
    await this.#settled(record.id);
    return true;
  }

  /** If the lock is off now, forgets the key, also in the keychain, where `id` names it. Tells everyone of the state. */
  async #settled(id: string | null): Promise<void> {
    const { keychain, onChange } = this.#options;
    if (this.state.state === "off") {
      this.#key = null;
      if (id !== null) await forgetInKeychain(keychain, id);
    }
    onChange();
  }

  #record(): LockRecord {
    const record = readLockFile(this.#options.home);
    if (record === null) throw refusal("off");
    return record;
  }

  async #opened(passphrase: string | null): Promise<{ record: LockRecord; key: StoreKey }> {
    const record = this.#record();
    if (passphrase === null && record.keychain !== null) {
      return { record, key: await unwrapWithKeychain(this.#options.keychain, record.keychain, record.id) };
    }
    const key = await unwrapped(record, passphrase);
    if (key === null) throw refusal("passphrase");
    return { record, key };
  }
}

const keysOf = ({ passphrase, keychain }: LockRecord): ChatKeys => ({
  passphrase: passphrase !== null,
  keychain: keychain !== null,
});

async function unwrapped(record: LockRecord, passphrase: string | null): Promise<StoreKey | null> {
  if (record.passphrase === null || passphrase === null) return null;
  return await unwrapWithPassphrase(record.passphrase, passphrase, record.id);
}

function expectPassphrase(passphrase: string): void {
  if (Array.from(passphrase).length < leastPassphrase) {
    throw new WorkbenchError("chat-lock-refused", { case: "tooShort", least: leastPassphrase });
  }
}

const refusal = (which: Exclude<FactsOf<"chat-lock-refused">["case"], "tooShort">): WorkbenchError =>
  new WorkbenchError("chat-lock-refused", { case: which });
