import { toProblem, WorkbenchError } from "../contract/errors.ts";

/** Returns `disk-full` or `file-not-saved` for what went wrong when a file of the user's was written. */
export function notSaved(error: unknown): WorkbenchError {
  if (toProblem(error).code === "disk-full") return new WorkbenchError("disk-full");
  return new WorkbenchError("file-not-saved", undefined, error instanceof Error ? error.message : String(error));
}
