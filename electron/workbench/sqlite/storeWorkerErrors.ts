import { WorkbenchError } from "../../contract/errors.ts";

/** What calls to a worker that opens the chats reject with if it exited, and after it was closed for good. */
export const storeWorkerErrors = {
  ended: (cause: string | undefined): WorkbenchError => new WorkbenchError("store-failed", undefined, cause),
  closed: (): WorkbenchError => new WorkbenchError("store-failed", { case: "closed" }),
};
