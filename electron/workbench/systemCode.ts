/** Returns the code of a system's error, such as "ENOENT". Empty if it is another error. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
