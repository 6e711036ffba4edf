import { parentPort } from "node:worker_threads";
import { toStoreError } from "../chats/storeProblem.ts";
import { PortCalls } from "../workers/PortCalls.ts";
import type { LockOperations } from "./lockOperations.ts";
import {
  eraseEncrypted,
  expectRoom,
  finishSwitch,
  removeOtherStore,
  type SwitchedStore,
  writeOtherStore,
} from "./switchStore.ts";

/* The worker that encrypts and decrypts chats. It runs in a `HostedWorker`, which has the library for it. */
if (parentPort === null) throw new Error("This file is a worker.");

const coded =
  (work: (store: SwitchedStore) => void) =>
  (store: SwitchedStore): null => {
    try {
      work(store);
      return null;
    } catch (error) {
      throw toStoreError(error);
    }
  };

new PortCalls<Record<never, never>, LockOperations>(parentPort, {
  expectRoom: coded(expectRoom),
  eraseEncrypted: coded(eraseEncrypted),
  writeOtherStore: coded(writeOtherStore),
  removeOtherStore: coded(removeOtherStore),
  finishSwitch: coded(finishSwitch),
  close: () => null,
});
