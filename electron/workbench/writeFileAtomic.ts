import { randomUUID } from "node:crypto";
import { copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

interface Options {
  /** Keep what was there before as `<path>.bak`. */
  keepBackup?: boolean;
}

/**
 * Replaces a file so that a crash or power cut at any moment leaves the old bytes or the new ones, never a mixture.
 * Creates the folder if need be. Fails with the file system's own error; the old file is then untouched.
 */
export async function writeFileAtomic(path: string, text: string, { keepBackup = false }: Options = {}): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeAndSync(temporary, text);
    if (keepBackup) await copyIfPresent(path, `${path}.bak`);
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

/** The copy itself is made under another name first, so that a good backup is never half overwritten. */
async function copyIfPresent(from: string, to: string): Promise<void> {
  const temporary = `${to}.tmp`;
  try {
    await copyFile(from, temporary);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  const copy = await open(temporary, "r+");
  try {
    await copy.sync();
  } finally {
    await copy.close();
  }
  await rename(temporary, to);
}

/** Makes the rename itself durable. Windows cannot open folders, and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
