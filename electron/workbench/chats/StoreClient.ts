import type { Problem } from "../../contract/errors.ts";
import { type StoreEncryption, startOnStore } from "../sqlite/startOnStore.ts";
import { storeWorkerErrors } from "../sqlite/storeWorkerErrors.ts";
import { Signal } from "../Signal.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { StoreNews, StoreWorkerOperations } from "./storeOperations.ts";

export interface StoreClientOptions {
  home: string;
  /** The built worker file. */
  workerPath: string;
  /** Returns how the chats are encrypted now, or null if they are not. What it throws, requests reject with. */
  encryption?: () => StoreEncryption | null;
}

/** The workbench's client of its store. Requests are answered in order, once the change is on disk. */
export class StoreClient extends WorkerClient<StoreWorkerOperations, StoreNews> {
  /** Emits what the user should know about the store, such as that a damaged one was set aside. */
  readonly noticed: Signal<Problem>;
  /** Emitted when a damaged store is no longer being mended, before it is said what came of it. */
  readonly mended: Signal<void>;
  /** Emitted when another process wrote to the store, or it was mended. */
  readonly changed: Signal<void>;
  /** Emitted when what could not be written before can be written now. */
  readonly writable: Signal<void>;
  /** Emitted when this process has changed something for the first time on a day. */
  readonly written: Signal<void>;

  constructor({ home, workerPath, encryption = () => null }: StoreClientOptions) {
    const noticed = new Signal<Problem>();
    const mended = new Signal<void>();
    const changed = new Signal<void>();
    const written = new Signal<void>();
    const writable = new Signal<void>();
    super({
      path: workerPath,
      start: () => startOnStore(home, encryption()),
      answers: {
        notice: ({ problem }) => noticed.emit(problem),
        mended: () => mended.emit(),
        changed: () => changed.emit(),
        writable: () => writable.emit(),
        written: () => written.emit(),
      },
      ...storeWorkerErrors,
    });
    this.noticed = noticed;
    this.mended = mended;
    this.changed = changed;
    this.writable = writable;
    this.written = written;
  }
}
