import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Replaces a small file while the app closes and cannot wait. A link in its place is replaced, not followed. Throws the
 * file system's error; a power cut may lose the new bytes, so it is for what nobody would miss.
 */
export function writeOwnFileSync(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
