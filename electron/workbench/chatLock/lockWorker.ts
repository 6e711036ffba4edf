import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { WorkbenchError } from "../../contract/errors.ts";
import { toStoreError } from "../chats/storeProblem.ts";
import { FileLock } from "../home/FileLock.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { LockOperations } from "./lockOperations.ts";
import {
  eraseEncrypted,
  expectRoom,
  finishSwitch,
  removeOtherStore,
  setPlainAside,
  type SwitchedStore,
  writeOtherStore,
} from "./switchStore.ts";

/* The worker that encrypts and decrypts chats. It runs in a `HostedWorker`, which has the library for it. */
if (parentPort === null) throw new Error("This file is a worker.");

/** Of a killed app, whose process notices that only after a moment. */
const waitForOtherMs = 10_000;

/** Does its work while no other such worker runs, also none that outlives the app that started it. */
const coded =
  (work: (store: SwitchedStore) => void) =>
  (store: SwitchedStore): null => {
    let lock: FileLock | null = null;
    try {
      const folder = join(store.home, "store", "owners");
      makeOwnFolder(folder);
      lock = FileLock.take(join(folder, "switching.lock"), waitForOtherMs);
      if (lock === null) throw new WorkbenchError("chat-lock-refused", { case: "inUse" });
      work(store);
      return null;
    } catch (error) {
      throw toStoreError(error);
    } finally {
      lock?.release();
    }
  };

new PortCalls<Record<never, never>, LockOperations>(parentPort, {
  expectRoom: coded(expectRoom),
  eraseEncrypted: coded(eraseEncrypted),
  writeOtherStore: coded(writeOtherStore),
  removeOtherStore: coded(removeOtherStore),
  finishSwitch: coded(finishSwitch),
  setPlainAside: coded(setPlainAside),
  close: () => null,
});
