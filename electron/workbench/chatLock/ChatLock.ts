import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { FileLock } from "../home/FileLock.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { startOnStore, type StoreEncryption } from "../sqlite/startOnStore.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import type { WorkerHost } from "../workers/HostedWorker.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import { type LockRecord, readLockFile, removeLockFile, writeLockFile } from "./LockFile.ts";
import type { LockOperations } from "./lockOperations.ts";
import { hasPlainChats } from "./switchStore.ts";
import { unwrapWithPassphrase, wrapWithPassphrase } from "./wrapKey.ts";

/** Of a new passphrase, in characters. */
export const leastPassphrase = 8;

export interface ChatLockOptions {
  home: string;
  host: WorkerHost;
  /** The built `lockWorker.js`. */
  lockWorker: string;
  /** Resolves once nothing of this process has the store open, until it is asked for again. */
  closeStore: () => Promise<void>;
}

export type ChatLockState = "off" | "locked" | "open";

/**
 * The lock of the chats of a home: whether they are encrypted, and with the key while they are open. Switching it on and off
 * goes through the stages of `LockFile`. At each moment one store is whole and said to be the one, and what a killed process
 * has left is completed or removed by `resume` or `unlock`.
 */
export class ChatLock {
  readonly #options: ChatLockOptions;
  #key: StoreKey | null = null;

  constructor(options: ChatLockOptions) {
    this.#options = options;
  }

  /** Throws `chat-lock-unreadable`. */
  get state(): ChatLockState {
    const record = readLockFile(this.#options.home);
    if (record === null) return "off";
    return this.#key === null ? "locked" : "open";
  }

  /**
   * Returns how to open the chats, or null if they are not encrypted. Throws `chats-locked`, or `chat-lock-unreadable`.
   */
  encryption(): StoreEncryption | null {
    const record = readLockFile(this.#options.home);
    if (record === null) return null;
    if (this.#key === null) throw new WorkbenchError("chats-locked");
    return { key: this.#key, host: this.#options.host };
  }

  /** Encrypts the chats with a new key. They are open then. Rejects with `chat-lock-refused`, or a store's error. */
  async turnOn(passphrase: string): Promise<void> {
    const { home } = this.#options;
    if (readLockFile(home) !== null) throw refusal("on");
    expectPassphrase(passphrase);
    const key: StoreKey = randomBytes(32).toString("hex");
    const id = randomUUID();
    const wrapped = await wrapWithPassphrase(key, passphrase, id);
    const record = { version: 1, id, passphrase: wrapped, keychain: null } as const;
    await this.#alone(async () => {
      await writeLockFile(home, { ...record, stage: "encrypting" });
      await this.#switch(key, true, { ...record, stage: "encrypting" });
    });
    this.#key = key;
  }

  /** Decrypts the chats. Rejects with `chat-lock-refused`, or a store's error; they are encrypted and open then. */
  async turnOff(passphrase: string): Promise<void> {
    const { record, key } = await this.#opened(passphrase);
    await this.#alone(async () => {
      await writeLockFile(this.#options.home, { ...record, stage: "decrypting" });
      await this.#switch(key, false, record);
    });
    this.#key = null;
  }

  /** Opens the chats, and completes what was interrupted. Rejects with `chat-lock-refused`, or a store's error. */
  async unlock(passphrase: string): Promise<void> {
    const { record, key } = await this.#opened(passphrase);
    await this.#complete(record, key);
    this.#key = readLockFile(this.#options.home) === null ? null : key;
  }

  /** Ends everything that has the key or the chats in memory. */
  async lock(): Promise<void> {
    if (readLockFile(this.#options.home) === null) throw refusal("off");
    this.#key = null;
    await this.#options.closeStore();
  }

  /** Replaces the passphrase. The chats are not written again. Rejects with `chat-lock-refused`. */
  async changePassphrase(before: string, after: string): Promise<void> {
    expectPassphrase(after);
    const { record, key } = await this.#opened(before);
    const passphrase = await wrapWithPassphrase(key, after, record.id);
    await writeLockFile(this.#options.home, { ...record, passphrase });
  }

  /**
   * Undoes a switching on that was interrupted before the chats were encrypted, which needs no key. Call before the store is
   * opened.
   */
  async resume(): Promise<void> {
    const { home } = this.#options;
    if (readLockFile(home)?.stage !== "encrypting") return;
    await this.#alone(async () => {
      const record = readLockFile(home);
      // Another process may have completed it meanwhile.
      if (record?.stage !== "encrypting") return;
      await this.#work("removeOtherStore", noKey, true);
      await removeLockFile(home);
    });
  }

  /** Writes the other store, says that it is the one, and erases the one before. */
  async #switch(key: StoreKey, isEncrypting: boolean, before: LockRecord): Promise<void> {
    const { home } = this.#options;
    try {
      await this.#work("writeOtherStore", key, isEncrypting);
    } catch (error) {
      await this.#work("removeOtherStore", key, isEncrypting);
      await (isEncrypting ? removeLockFile(home) : writeLockFile(home, before));
      throw error;
    }
    await writeLockFile(home, { ...before, stage: isEncrypting ? "encrypted" : "decrypted" });
    await this.#work("finishSwitch", key, isEncrypting);
    if (!isEncrypting) await removeLockFile(home);
  }

  async #complete(record: LockRecord, key: StoreKey): Promise<void> {
    const { home } = this.#options;
    if (record.stage === "encrypting") throw new WorkbenchError("chats-locked");
    // Another process may have the chats open, which does no harm then.
    if (record.stage === "encrypted" && !hasPlainChats(home)) return;
    await this.#alone(async () => {
      if (record.stage === "decrypted") {
        await this.#work("finishSwitch", key, false);
        await removeLockFile(home);
        return;
      }
      if (record.stage === "decrypting") {
        await this.#work("removeOtherStore", key, false);
        await writeLockFile(home, { ...record, stage: "encrypted" });
      }
      await this.#work("finishSwitch", key, true);
    });
  }

  async #opened(passphrase: string): Promise<{ record: LockRecord; key: StoreKey }> {
    const record = readLockFile(this.#options.home);
    if (record === null) throw refusal("off");
    const key =
      record.passphrase === null ? null : await unwrapWithPassphrase(record.passphrase, passphrase, record.id);
    if (key === null) throw refusal("passphrase");
    return { record, key };
  }

  /** Does something while no process has the store open, and none can switch the lock. Rejects with `chat-lock-refused`. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const { home, closeStore } = this.#options;
    await closeStore();
    makeOwnFolder(home);
    const lock = FileLock.take(join(home, "chat-lock.lock"));
    if (lock === null) throw refusal("inUse");
    try {
      if (listOwners(join(home, "store", "owners")).alive.length > 0) throw refusal("inUse");
      await work();
    } finally {
      lock.release();
    }
  }

  async #work(name: Exclude<keyof LockOperations, "close">, key: StoreKey, isEncrypting: boolean): Promise<void> {
    const { home, host, lockWorker } = this.#options;
    const client = new WorkerClient<LockOperations, Record<never, never>>({
      path: lockWorker,
      start: () => startOnStore(home, { key, host }),
      answers: {},
      ended: (cause) => new WorkbenchError("store-failed", undefined, cause),
      closed: () => new WorkbenchError("store-failed", { case: "closed" }),
    });
    try {
      await client.request(name, { home, key, isEncrypting });
    } finally {
      await client.close();
    }
  }
}

/** For what deletes and does not read. */
const noKey: StoreKey = "0".repeat(64);

function expectPassphrase(passphrase: string): void {
  if (Array.from(passphrase).length < leastPassphrase) {
    throw new WorkbenchError("chat-lock-refused", { case: "tooShort", least: leastPassphrase });
  }
}

const refusal = (which: "passphrase" | "on" | "off" | "inUse"): WorkbenchError =>
  new WorkbenchError("chat-lock-refused", { case: which });
