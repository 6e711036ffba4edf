import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { syncFolder } from "../workbench/home/writeFileAtomic.ts";
import type { FetchedUpdate } from "../workbench/updates/Updates.ts";
import { copyVerified } from "./copyVerified.ts";

/**
 * Puts the new AppImage in the place of the old one, so that a failure or the loss of power at any moment leaves one of
 * them whole. electron-updater deletes the old one first. Rejects with the file system's own error, or if the file is no
 * longer the verified one; the old AppImage is then unchanged.
 */
export async function replaceAppImage(appImage: string, update: FetchedUpdate): Promise<void> {
  const folder = dirname(appImage);
  await removeLeftovers(appImage);
  const copy = `${appImage}.${randomUUID()}.new`;
  try {
    await copyVerified(update, copy);
    await makeRunnable(copy, (await stat(appImage)).mode);
    const place = placeOf(appImage, update.file.name);
    await rename(copy, place);
    await syncFolder(folder);
    if (place !== appImage) await rm(appImage, { force: true });
  } finally {
    await rm(copy, { force: true });
  }
}

/** A name that has a version gets the new one, as electron-updater does it; a name of the user's own stays. */
function placeOf(appImage: string, newName: string): string {
  return /\d+\.\d+\.\d+/.test(basename(appImage)) ? join(dirname(appImage), newName) : appImage;
}

async function makeRunnable(path: string, mode: number): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.chmod((mode & 0o777) | 0o100);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Copies that were not finished because the app was ended. */
async function removeLeftovers(appImage: string): Promise<void> {
  const folder = dirname(appImage);
  for (const name of await readdir(folder)) {
    const isOurs =
      name.startsWith(`${basename(appImage)}.`) && /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new$/.test(name);
    if (isOurs) await rm(join(folder, name), { force: true });
  }
}
