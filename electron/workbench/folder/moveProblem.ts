import { toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { systemCode } from "../systemCode.ts";
import type { Move } from "./MoveJournal.ts";

/**
 * Returns the coded error for a failure of the file system in this state of a move, or before it began. Coded errors
 * stay as they are.
 */
export function moveProblem(error: unknown, state: Move["state"] | "none"): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const code = systemCode(error);
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  if (code === "" || (state === "none" && isFull)) return toError(toProblem(error));
  const detail = error instanceof Error ? error.message : String(error);
  if (state === "none") return new WorkbenchError("models-move-refused", { case: "system" }, detail);
  if (isFull) return new WorkbenchError("models-move-failed", { case: "diskFull" });
  if (code === "EFBIG") return new WorkbenchError("models-move-failed", { case: "largeFile" });
  return new WorkbenchError("models-move-failed", { case: state === "cleaning" ? "notDeleted" : "system" }, detail);
}
