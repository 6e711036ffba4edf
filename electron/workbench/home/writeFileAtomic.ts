import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolder } from "./makeFolder.ts";
import { readOwnFile } from "./readOwnFile.ts";

interface Options {
  /** Keeps the previous content as `<path>.bak`. */
  keepBackup?: boolean;
}

const maxBackupBytes = 100_000_000;

/**
 * Replaces a file so that a crash or power failure at any moment leaves the old content or the new one, never a
 * mixture. Creates the folder if needed. A link or pipe in the file's place is replaced, not followed. Rejects with the
 * file system's own error; the old file is then unchanged.
 */
export async function writeFileAtomic(path: string, text: string, { keepBackup = false }: Options = {}): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeAndSync(temporary, text);
    if (keepBackup) await keepOld(path, `${path}.bak`);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writeAndSync(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Creates the backup, which is either complete or missing. Files that are not ours get none. */
async function keepOld(path: string, backup: string): Promise<void> {
  const old = await readOwnFile(path, maxBackupBytes);
  if (old.state === "read") await writeFileAtomic(backup, old.text);
}

/** Makes the rename itself durable. Windows cannot open folders and does not need this. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
