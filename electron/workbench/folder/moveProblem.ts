import { toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { systemCode } from "../systemCode.ts";
import type { Move } from "./MoveJournal.ts";

/** Returns the coded error for a failure of the file system in this state of a move. Coded errors stay as they are. */
export function moveProblem(error: unknown, state: Move["state"]): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const code = systemCode(error);
  if (code === "ENOSPC" || code === "EDQUOT") return new WorkbenchError("models-move-failed", { case: "diskFull" });
  if (code === "EFBIG") return new WorkbenchError("models-move-failed", { case: "largeFile" });
  if (code === "") return toError(toProblem(error));
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkbenchError("models-move-failed", { case: state === "cleaning" ? "notDeleted" : "system", reason });
}
