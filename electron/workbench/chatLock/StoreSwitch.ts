import { join } from "node:path";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { holdHomeAlone } from "../home/homeUse.ts";
import { startOnStore } from "../sqlite/startOnStore.ts";
import { storeWorkerErrors } from "../sqlite/storeWorkerErrors.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import type { WorkerHost } from "../workers/HostedWorker.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import { type LockRecord, removeLockFile, writeLockFile } from "./LockFile.ts";
import type { LockOperations } from "./lockOperations.ts";
import { hasPlainChats } from "./switchStore.ts";

export interface StoreSwitchOptions {
  home: string;
  host: WorkerHost;
  /** The built `lockWorker.js`. */
  lockWorker: string;
  /** Whether this process completes what was interrupted, as the app does; `r1` may run beside it. */
  completes: boolean;
  /** Resolves once nothing of this process has the store open, until it is asked for again. */
  closeStore: () => Promise<void>;
  /** Called when the state of the lock has changed. */
  onChange: () => void;
  /** Called if what is left of the chats as they were could not be erased or converted. That is tried again later. */
  onUnfinished: (doing: "encrypting" | "decrypting", problem: Problem) => void;
}

/**
 * Encrypts and decrypts the chats of a home, through the stages of `LockFile`. At each moment one store is whole and said to
 * be the one, and what a killed process has left is completed or removed by `undoEncrypting` or `complete`.
 */
export class StoreSwitch {
  readonly #options: StoreSwitchOptions;
  #shown: "encrypting" | "decrypting" | null = null;
  #isAlone = false;

  constructor(options: StoreSwitchOptions) {
    this.#options = options;
  }

  /** What everyone is told about, or null. */
  get shown(): "encrypting" | "decrypting" | null {
    return this.#shown;
  }

  /** Whether nothing may open the store. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** Encrypts the chats. Rejects with `chat-lock-refused`, or a store's error; nothing is changed then. */
  async encrypt(key: StoreKey, record: Omit<LockRecord, "stage" | "isErasing">): Promise<void> {
    const { home } = this.#options;
    await this.#alone("encrypting", async () => {
      await this.#work("expectRoom", key, true);
      await writeLockFile(home, { ...record, stage: "encrypting" });
      try {
        await this.#work("writeOtherStore", key, true);
      } catch (error) {
        await this.#work("removeOtherStore", key, true);
        await removeLockFile(home);
        throw error;
      }
      await writeLockFile(home, { ...record, stage: "encrypted", isErasing: true });
      await this.#finish("encrypting", async () => {
        await this.#work("finishSwitch", key, true);
        await writeLockFile(home, { ...record, stage: "encrypted" });
      });
    });
  }

  /** Decrypts the chats. Rejects with `chat-lock-refused`, or a store's error; nothing is changed then. */
  async decrypt(key: StoreKey, record: LockRecord): Promise<void> {
    const { home } = this.#options;
    await this.#alone("decrypting", async () => {
      await this.#work("expectRoom", key, false);
      await writeLockFile(home, { ...record, stage: "decrypting" });
      try {
        await this.#work("writeOtherStore", key, false);
      } catch (error) {
        await this.#work("removeOtherStore", key, false);
        await writeLockFile(home, record);
        throw error;
      }
      await writeLockFile(home, { ...record, stage: "decrypted" });
      await this.#finish("decrypting", async () => {
        await this.#work("finishSwitch", key, false);
        await removeLockFile(home);
      });
    });
  }

  /**
   * Completes what was interrupted. The chats can be opened then, also if something is left of them as they were. Rejects with
   * `chat-lock-refused`, or a store's error.
   */
  async complete(record: LockRecord, key: StoreKey): Promise<void> {
    const { home, completes } = this.#options;
    if (!completes) {
      // Then the plain store is the one, and the app has something left to do first.
      if (record.stage === "encrypting" || record.stage === "decrypted") throw refusal("interrupted");
      return;
    }
    if (record.stage === "encrypting") return await this.undoEncrypting();
    if (record.stage === "decrypted") {
      return await this.#alone(null, async () => {
        await this.#work("finishSwitch", key, false);
        await removeLockFile(home);
      });
    }
    const isSettled = record.stage === "encrypted" && record.isErasing !== true;
    await this.#finish("encrypting", async () => {
      if (isSettled && !hasPlainChats(home)) return;
      await this.#alone(null, async () => {
        if (isSettled) return await this.#work("setPlainAside", key, true);
        if (record.stage === "decrypting") await this.#work("removeOtherStore", key, false);
        else await this.#work("finishSwitch", key, true);
        const { isErasing: _, ...settled } = record;
        await writeLockFile(home, { ...settled, stage: "encrypted" });
      });
    });
  }

  /** Undoes an encrypting that was interrupted before the turning point, which needs no key. Rejects as `complete` does. */
  async undoEncrypting(): Promise<void> {
    await this.#alone(null, async () => {
      await this.#work("removeOtherStore", noKey, true);
      await removeLockFile(this.#options.home);
    });
  }

  /** Erases the encrypted chats with their backups, and those that are left of a switch. Rejects as `complete` does. */
  async erase(alsoPlain: boolean): Promise<void> {
    await this.#alone(null, async () => {
      await this.#work("eraseEncrypted", noKey, false, alsoPlain);
      await removeLockFile(this.#options.home);
    });
  }

  /** Does what comes after the turning point. The chats can be read whatever becomes of it. */
  async #finish(doing: "encrypting" | "decrypting", work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.onUnfinished(doing, toProblem(error));
    }
  }

  /**
   * Does something while no process has the store open, and none can open it. `shown`: what everyone is told meanwhile; null: the
   * chats stay locked. Rejects with `chat-lock-refused`.
   */
  async #alone(shown: "encrypting" | "decrypting" | null, work: () => Promise<void>): Promise<void> {
    const { home, closeStore, onChange } = this.#options;
    this.#isAlone = true;
    this.#shown = shown;
    if (shown !== null) onChange();
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
      this.#isAlone = false;
      this.#shown = null;
    }
  }

  async #work(
    name: Exclude<keyof LockOperations, "close">,
    key: StoreKey,
    isEncrypting: boolean,
    alsoPlain = false,
  ): Promise<void> {
    const { home, host, lockWorker } = this.#options;
    const client = new WorkerClient<LockOperations, Record<never, never>>({
      path: lockWorker,
      start: () => startOnStore(home, { key, host }),
      answers: {},
      ...storeWorkerErrors,
    });
    try {
      await client.request(name, { home, key, isEncrypting, alsoPlain });
    } finally {
      await client.close();
    }
  }
}

/** For what deletes and does not read. */
const noKey: StoreKey = "0".repeat(64);

const refusal = (which: "inUse" | "interrupted"): WorkbenchError =>
  new WorkbenchError("chat-lock-refused", { case: which });
