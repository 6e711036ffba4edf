/** SQLite's primary result codes (sqlite.org/rescode.html) by their names. */
export const resultCodes = {
  SQLITE_ERROR: 1,
  SQLITE_PERM: 3,
  SQLITE_ABORT: 4,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_READONLY: 8,
  SQLITE_INTERRUPT: 9,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_PROTOCOL: 15,
  SQLITE_SCHEMA: 17,
  SQLITE_TOOBIG: 18,
  SQLITE_CONSTRAINT: 19,
  SQLITE_MISMATCH: 20,
  SQLITE_MISUSE: 21,
  SQLITE_AUTH: 23,
  SQLITE_RANGE: 25,
  SQLITE_NOTADB: 26,
} as const;

/** Extended codes that the app tells apart from their primary one. */
const extended: Record<string, number> = { SQLITE_IOERR_SHMSIZE: 10 | (19 << 8) };

/**
 * Returns the number of a result code that is given by its name, such as `SQLITE_CORRUPT_VTAB`; of most extended codes the
 * primary one's. 1, SQLITE_ERROR, if the name is not known.
 */
export function resultCodeOf(name: string): number {
  const own = extended[name];
  if (own !== undefined) return own;
  const found = Object.entries(resultCodes).find(([known]) => name === known || name.startsWith(`${known}_`));
  return found?.[1] ?? resultCodes.SQLITE_ERROR;
}

/** Returns SQLite's extended result code, whose low byte is the primary one. 0 if `error` is not SQLite's. */
export function extendedCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
}

/** Returns SQLite's primary result code. 0 if `error` is not SQLite's. */
export const primaryCode = (error: unknown): number => extendedCode(error) & 0xff;
