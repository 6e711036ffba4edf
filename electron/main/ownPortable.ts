import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { win32 } from "node:path";

/**
 * Returns the portable app of Windows that this process was unpacked from, or null if there is none. Programs that a
 * portable app starts inherit its PORTABLE_EXECUTABLE_FILE, so that is believed only in the folder for temporary files,
 * into which portable apps are unpacked.
 */
export function ownPortable(
  { env, execPath }: Pick<NodeJS.Process, "env" | "execPath"> = process,
  temporary: string = tmpdir(),
): string | null {
  const file = env["PORTABLE_EXECUTABLE_FILE"];
  if (file === undefined) return null;
  return canonical(execPath).startsWith(`${canonical(temporary)}${win32.sep}`) ? file : null;
}

/** Windows ignores case, and may name the folder for temporary files with short names such as `ADMINI~1`. */
function canonical(path: string): string {
  const plain = win32.normalize(path).replace(/\\$/, "");
  try {
    return realpathSync.native(plain).toLowerCase();
  } catch {
    return plain.toLowerCase();
  }
}
