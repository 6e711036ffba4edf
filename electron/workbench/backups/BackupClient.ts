import { WorkbenchError } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { WorkerClient } from "../workers/WorkerClient.ts";
import type { BackupWorkerOperations } from "./backupOperations.ts";

/** The workbench's client of the thread that makes and reads backups. */
export class BackupClient extends WorkerClient<BackupWorkerOperations, Record<never, never>> {
  /** `workerPath` is the built worker file. */
  constructor({ home, workerPath }: { home: string; workerPath: string }) {
    super({
      path: workerPath,
      start: () => ({ workerData: { home }, env: childEnvironment(process.env) }),
      answers: {},
      ended: (cause) => new WorkbenchError("store-failed", undefined, cause),
      closed: () => new WorkbenchError("store-failed", { case: "closed" }),
    });
  }
}
