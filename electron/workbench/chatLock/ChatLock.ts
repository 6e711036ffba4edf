import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ChatKeys, ChatLockState } from "../../contract/chatLock.ts";
import { type FactsOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { leastPassphrase } from "../../contract/lockChoices.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { holdHomeAlone } from "../home/homeUse.ts";
import type { Secrets } from "../hub/HubToken.ts";
import { startOnStore, type StoreEncryption } from "../sqlite/startOnStore.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import type { WorkerHost } from "../workers/HostedWorker.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import { type LockRecord, readLockFile, removeLockFile, writeLockFile } from "./LockFile.ts";
import type { LockOperations } from "./lockOperations.ts";
import { hasPlainChats } from "./switchStore.ts";
import { unwrapKey, unwrapWithPassphrase, wrapKey, wrapWithPassphrase } from "./wrapKey.ts";

export interface ChatLockOptions {
  home: string;
  host: WorkerHost;
  /** The built `lockWorker.js`. */
  lockWorker: string;
  /** The system's keychain, or null if there is none that protects anything. */
  keychain: Pick<Secrets, "get" | "set"> | null;
  /** Whether this process completes what was interrupted, as the app does; `r1` may run beside it. */
  completes: boolean;
  /** Resolves once nothing of this process has the store open, until it is asked for again. */
  closeStore: () => Promise<void>;
  /** Called when the state has changed. */
  onChange: () => void;
}

/**
 * The lock of the chats of a home: whether they are encrypted, and with the key while they are open. Switching it on and off
 * goes through the stages of `LockFile`. At each moment one store is whole and said to be the one, and what a killed process
 * has left is completed or removed by `resume` or `unlock`. Its methods must be called one after the other.
 */
export class ChatLock {
  readonly #options: ChatLockOptions;
  #key: StoreKey | null = null;
  #switching: "encrypting" | "decrypting" | null = null;

  constructor(options: ChatLockOptions) {
    this.#options = options;
  }

  get state(): ChatLockState {
    if (this.#switching !== null) return { state: this.#switching };
    try {
      const record = readLockFile(this.#options.home);
      if (record === null) return { state: "off" };
      return { state: this.#keyOf(record) === null ? "locked" : "open", opensWith: keysOf(record) };
    } catch (error) {
      return { state: "unreadable", problem: toProblem(error) };
    }
  }

  /**
   * Returns how to open the chats, or null if they are not encrypted. Throws `chats-locked`, or `chat-lock-unreadable`.
   */
  encryption(): StoreEncryption | null {
    if (this.#switching !== null) throw new WorkbenchError("chats-locked");
    const record = readLockFile(this.#options.home);
    if (record === null) return null;
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
    const { home } = this.#options;
    if (readLockFile(home) !== null) throw refusal("on");
    if (passphrase !== null) expectPassphrase(passphrase);
    if (passphrase === null && !usesKeychain) throw refusal("lastKey");
    const key: StoreKey = randomBytes(32).toString("hex");
    const id = randomUUID();
    const keys = {
      passphrase: passphrase === null ? null : await wrapWithPassphrase(key, passphrase, id),
      keychain: usesKeychain ? await this.#wrapWithKeychain(key, id) : null,
    };
    const record = { version: 1, id, ...keys } as const;
    try {
      await this.#alone("encrypting", async () => {
        await this.#work("expectRoom", key, true);
        await writeLockFile(home, { ...record, stage: "encrypting" });
        await this.#switch(key, true, { ...record, stage: "encrypting" });
      });
    } finally {
      if (usesKeychain && readLockFile(home)?.id !== id) await this.#forgetInKeychain(id);
      this.#options.onChange();
    }
  }

  /** Decrypts the chats. Null: with the keychain. Rejects with `chat-lock-refused`, or a store's error. */
  async turnOff(passphrase: string | null): Promise<void> {
    const { home } = this.#options;
    const { record: found, key } = await this.#opened(passphrase);
    try {
      await this.#complete(found, key);
      const record = readLockFile(home);
      if (record === null) return;
      await this.#alone("decrypting", async () => {
        await this.#work("expectRoom", key, false);
        await writeLockFile(home, { ...record, stage: "decrypting" });
        await this.#switch(key, false, record);
      });
      this.#key = null;
      await this.#forgetInKeychain(record.id);
    } finally {
      this.#options.onChange();
    }
  }

  /**
   * Opens the chats, and completes what was interrupted. Null: with the keychain. Rejects with `chat-lock-refused`, or a
   * store's error.
   */
  async unlock(passphrase: string | null): Promise<void> {
    const { record, key } = await this.#opened(passphrase);
    await this.#complete(record, key);
    this.#key = readLockFile(this.#options.home) === null ? null : key;
    this.#options.onChange();
  }

  /** Ends everything that has the key or the chats in memory. Rejects with `chat-lock-refused`. */
  async lock(): Promise<void> {
    if (readLockFile(this.#options.home) === null) throw refusal("off");
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
    const keychain = isOn ? await this.#wrapWithKeychain(this.#key, record.id) : null;
    await writeLockFile(this.#options.home, { ...record, keychain });
    if (!isOn) await this.#forgetInKeychain(record.id);
    this.#options.onChange();
  }

  /** Erases chats that cannot be unlocked, with their backups. The lock is off then. Rejects with `chat-lock-refused`. */
  async erase(): Promise<void> {
    const { home } = this.#options;
    if (this.#key !== null) throw refusal("open");
    const id = this.state.state === "unreadable" ? null : this.#record().id;
    await this.#alone("decrypting", async () => {
      await this.#work("eraseEncrypted", noKey, false);
      await removeLockFile(home);
    });
    if (id !== null) await this.#forgetInKeychain(id);
    this.#options.onChange();
  }

  /**
   * Undoes a switching on that was interrupted before the chats were encrypted, which needs no key. Call before the store is
   * opened. Rejects with `chat-lock-unreadable`, `chat-lock-refused`, or a store's error.
   */
  async resume(): Promise<void> {
    const { home } = this.#options;
    if (readLockFile(home)?.stage !== "encrypting") return;
    await this.#alone("decrypting", async () => {
      const record = readLockFile(home);
      // Another process may have completed it meanwhile.
      if (record?.stage !== "encrypting") return;
      await this.#work("removeOtherStore", noKey, true);
      await removeLockFile(home);
      await this.#forgetInKeychain(record.id);
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
    if (isEncrypting) await writeLockFile(home, { ...before, stage: "encrypted", isErasing: true });
    else await writeLockFile(home, { ...before, stage: "decrypted" });
    // From now on, the chats are in the other store, whatever happens to the one before.
    if (isEncrypting) this.#key = key;
    await this.#work("finishSwitch", key, isEncrypting);
    await (isEncrypting ? writeLockFile(home, { ...before, stage: "encrypted" }) : removeLockFile(home));
  }

  async #complete(record: LockRecord, key: StoreKey): Promise<void> {
    const { home, completes } = this.#options;
    if (!completes) {
      // Then the plain store is the one, and the app has something left to do first.
      if (record.stage === "encrypting" || record.stage === "decrypted") throw refusal("interrupted");
      return;
    }
    if (record.stage === "encrypting") return await this.resume();
    const isSettled = record.stage === "encrypted" && record.isErasing !== true;
    if (isSettled && !hasPlainChats(home)) return;
    await this.#alone(record.stage === "decrypted" ? "decrypting" : "encrypting", async () => {
      if (record.stage === "decrypted") {
        await this.#work("finishSwitch", key, false);
        await removeLockFile(home);
        await this.#forgetInKeychain(record.id);
        return;
      }
      if (isSettled) {
        await this.#work("setPlainAside", key, true);
        return;
      }
      if (record.stage === "decrypting") await this.#work("removeOtherStore", key, false);
      else await this.#work("finishSwitch", key, true);
      const { isErasing: _, ...settled } = record;
      await writeLockFile(home, { ...settled, stage: "encrypted" });
    });
  }

  #record(): LockRecord {
    const record = readLockFile(this.#options.home);
    if (record === null) throw refusal("off");
    return record;
  }

  async #opened(passphrase: string | null): Promise<{ record: LockRecord; key: StoreKey }> {
    const record = this.#record();
    if (passphrase === null && record.keychain !== null) {
      const key = await this.#unwrapWithKeychain(record.keychain, record.id);
      if (key === null) throw refusal("keychain");
      return { record, key };
    }
    const key = await unwrapped(record, passphrase);
    if (key === null) throw refusal("passphrase");
    return { record, key };
  }

  /** Does something while no process has the store open, and none can open it. Rejects with `chat-lock-refused`. */
  async #alone(switching: "encrypting" | "decrypting", work: () => Promise<void>): Promise<void> {
    const { home, closeStore, onChange } = this.#options;
    this.#switching = switching;
    onChange();
    try {
      await closeStore();
      const lock = holdHomeAlone(home);
      if (lock === null) throw refusal("inUse");
      try {
        if (listOwners(join(home, "store", "owners")).alive.length > 0) throw refusal("inUse");
        await work();
      } finally {
        lock.release();
      }
    } finally {
      this.#switching = null;
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

  async #wrapWithKeychain(key: StoreKey, id: string): Promise<LockRecord["keychain"]> {
    const { keychain } = this.#options;
    if (keychain === null) throw refusal("noKeychain");
    const by = randomBytes(32);
    await keychain.set(secretName(id), by.toString("hex"));
    // What it does not give back would lose the chats.
    if ((await keychain.get(secretName(id))) !== by.toString("hex")) throw refusal("keychain");
    return wrapKey(key, by, id);
  }

  async #unwrapWithKeychain(wrapped: NonNullable<LockRecord["keychain"]>, id: string): Promise<StoreKey | null> {
    const by = (await this.#options.keychain?.get(secretName(id))) ?? "";
    return /^[0-9a-f]{64}$/.test(by) ? unwrapKey(wrapped, Buffer.from(by, "hex"), id) : null;
  }

  /** What stays there would open nothing any more. */
  async #forgetInKeychain(id: string): Promise<void> {
    await this.#options.keychain?.set(secretName(id), null).catch(() => undefined);
  }
}

/** For what deletes and does not read. */
const noKey: StoreKey = "0".repeat(64);

const secretName = (id: string): string => `chatKey ${id}`;

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
