import { type FactsByCode, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { extendedCode, primaryCode, resultCodes } from "../sqlite/resultCodes.ts";
import { systemCode } from "../systemCode.ts";

/** SQLITE_IOERR_SHMSIZE: the WAL index could not grow, which means that there is no space left. */
const sharedMemoryCannotGrow = 10 | (19 << 8);

/** Thrown when a check of the whole file found damage that SQLite had not detected yet. */
export class StoreDamage extends Error {}

/** Returns true if the file itself is damaged and not merely inaccessible. */
export function isDamage(error: unknown): boolean {
  if (error instanceof StoreDamage) return true;
  const code = primaryCode(error);
  return code === resultCodes.SQLITE_CORRUPT || code === resultCodes.SQLITE_NOTADB;
}

/**
 * Returns true if an error while a store is opened means that its file is damaged. What the app wrote can be opened, so a
 * definition that cannot be read, or a row that breaks a rule of its table, is damage there too. A mistake of a migration,
 * which SQLite reports with the same code, is not: `migrate` has converted it.
 */
export function isDamageAtOpening(error: unknown): boolean {
  return isDamage(error) || isStatementError(error) || breaksRule(error);
}

/** Returns true if SQLite cannot do what a statement says, with a mistake in it or in the definition of a table. */
export const isStatementError = (error: unknown): boolean =>
  primaryCode(error) === resultCodes.SQLITE_ERROR && !breaksRule(error);

/** Returns true if a store of an earlier version could not be converted (see `migrate`). */
export function isNotConverted(error: unknown): boolean {
  const { code, facts } = toProblem(error);
  return code === "store-failed" && facts?.["case"] === "notConverted";
}

/** Returns true if a row breaks a rule of its table, such as that a column must have a value. */
export function breaksRule(error: unknown): boolean {
  const code = primaryCode(error);
  // ALTER TABLE looks for such rows itself, and then has the code of a mistaken statement.
  return (
    code === resultCodes.SQLITE_CONSTRAINT ||
    (code === resultCodes.SQLITE_ERROR && String(error).endsWith("constraint failed"))
  );
}

/** Returns why nothing can be written, although it may be readable, or null if that is not what the error says. */
export function whyNotWritable(error: unknown): FactsByCode["store-read-only"]["case"] | null {
  if (error instanceof WorkbenchError) {
    if (error.code === "disk-full") return "diskFull";
    const which = error.code === "store-read-only" ? error.facts?.["case"] : null;
    return which === "readOnly" || which === "notAllowed" || which === "diskFull" ? which : null;
  }
  if (isDiskFull(error)) return "diskFull";
  const code = primaryCode(error);
  const system = systemCode(error);
  if (code === resultCodes.SQLITE_READONLY || system === "EROFS") return "readOnly";
  return code === resultCodes.SQLITE_PERM || ["EACCES", "EPERM"].includes(system) ? "notAllowed" : null;
}

/** Converts an error of the store to a `WorkbenchError`: `disk-full`, `store-read-only` or `store-failed`. */
export function toStoreError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (isDiskFull(error)) return new WorkbenchError("disk-full", undefined, detail);
  const why = whyNotWritable(error);
  if (why !== null) return new WorkbenchError("store-read-only", { case: why }, detail);
  if (isDamage(error)) return new WorkbenchError("store-failed", { case: "damaged" }, detail);
  return new WorkbenchError("store-failed", undefined, detail);
}

function isDiskFull(error: unknown): boolean {
  const code = extendedCode(error);
  const isFull = (code & 0xff) === resultCodes.SQLITE_FULL || code === sharedMemoryCannotGrow;
  return isFull || ["ENOSPC", "EDQUOT"].includes(systemCode(error));
}
