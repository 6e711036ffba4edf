/** Primary result codes of sqlite.org/rescode.html. */
export const sqliteCodes = {
  error: 1,
  notAllowed: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  constraint: 19,
  notDatabase: 26,
} as const;

/** Returns SQLite's extended result code, whose low byte is the primary one. 0 if `error` is not SQLite's. */
export function extendedCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
}

/** Returns SQLite's primary result code. 0 if `error` is not SQLite's. */
export const primaryCode = (error: unknown): number => extendedCode(error) & 0xff;
