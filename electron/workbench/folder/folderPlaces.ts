import { lstat, readlink, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { productName } from "../home/homeFolder.ts";
import { withinMs } from "../withinMs.ts";

/** The name of the folder that the app makes in the folder that the user chose. */
export const folderName = `${productName} models`;

/** In milliseconds. A network drive that is disconnected may never respond. */
const diskLimitMs = 3000;

/** Returns the paths in the home that a move uses. */
export const folderPlaces = (home: string) => ({
  /** The models folder, or a link to it. Everything else in the app knows only this path. */
  models: join(home, "models"),
  /** The former folder, once the link has its name. */
  old: join(home, "models.old"),
  /** The folder that is being filled when the models move back into the home. */
  back: join(home, "models.new"),
});

/** Returns the folder as users know it: the one that is filled while the models move back gets the name `models`. */
export function shownFolder(home: string, path: string): string {
  const { models, back } = folderPlaces(home);
  return path === back ? models : path;
}

/** Where the models are. `missing`: the home has a link to a folder that cannot be reached. */
export interface CurrentFolder {
  kind: "home" | "linked" | "missing";
  path: string;
}

/** Resolves with where the models are. */
export async function currentFolder(home: string): Promise<CurrentFolder> {
  const { models } = folderPlaces(home);
  const target = await readlink(models).catch(() => null);
  if (target === null) return { kind: "home", path: models };
  const path = resolve(dirname(models), target);
  return { kind: (await isFolder(path)) ? "linked" : "missing", path };
}

/** Resolves with whether a folder is there and its disk responds. */
export async function isFolder(path: string): Promise<boolean> {
  const found = await withinMs(
    stat(path).catch(() => null),
    diskLimitMs,
  );
  return found?.isDirectory() === true;
}

/** Resolves with whether anything has this name, also a link that leads nowhere. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
