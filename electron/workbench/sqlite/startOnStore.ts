import { childEnvironment } from "../children/childEnvironment.ts";
import type { WorkerHost } from "../workers/HostedWorker.ts";
import type { WorkerStart } from "../workers/WorkerClient.ts";
import type { StoreKey } from "./StoreKey.ts";

/** How the chats of a home are encrypted. */
export interface StoreEncryption {
  key: StoreKey;
  /** Where the workers run that open them. */
  host: WorkerHost;
}

/** What a worker that opens the chats of a home is told. The key is null if they are not encrypted. */
export interface StoreWorkerData {
  home: string;
  key: StoreKey | null;
}

/** Lets the encrypting library take addresses with parameters for paths. It is read when the process starts. */
const encryptingEnvironment = { SQLITE_USE_URI: "1" };

/** Returns how to start a worker that opens the chats of a home. */
export function startOnStore(home: string, encryption: StoreEncryption | null): WorkerStart {
  const workerData: StoreWorkerData = { home, key: encryption?.key ?? null };
  const env = childEnvironment(process.env);
  return encryption === null
    ? { workerData, env }
    : { workerData, env: { ...env, ...encryptingEnvironment }, host: encryption.host };
}
