import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ForeignModel } from "../../contract/models.ts";
import { readSmallFile } from "../home/readOwnFile.ts";
import { type AppFolder, appFolders } from "./appFolders.ts";
import { findModelFiles, modelFileName, regularSizeBytes } from "./modelFiles.ts";
import { findOllamaModels } from "./ollamaModels.ts";

/** Deep enough for a folder in a snapshot of the Hugging Face cache. */
const maxDepth = 6;
const maxModels = 1000;
const maxNoteBytes = 100_000;

type Found = Pick<ForeignModel, "path" | "name"> & { paths: string[] };

/** Resolves with the other apps' folders on this machine. */
export async function foreignFolders(): Promise<AppFolder[]> {
  const home = homedir();
  const known = appFolders({ platform: process.platform, home, env: process.env });
  const chosen = await lmStudioFolder(join(home, ".lmstudio", "settings.json"));
  return chosen === null ? known : [{ owner: "lm-studio", folder: chosen }, ...known];
}

/**
 * Resolves with the models of other apps, each file once, however many names it has. Only regular files count. Names
 * and manifests come from other programs: they cannot cause anything but a `.gguf` file or a blob to be read.
 */
export async function findForeignModels(folders: readonly AppFolder[]): Promise<ForeignModel[]> {
  const seen = new Set<string>();
  const models: ForeignModel[] = [];
  for (const { owner, folder } of folders) {
    for (const { path, name, paths } of await modelsIn(owner, folder)) {
      if (models.length === maxModels) return models;
      const sizeBytes = await regularSizeBytes({ path, paths });
      if (sizeBytes === null) continue;
      const real = await realpath(path).catch(() => null);
      if (real === null || seen.has(real)) continue;
      seen.add(real);
      models.push({ owner, path, name: oneLine(name), sizeBytes });
    }
  }
  return models;
}

async function modelsIn(owner: AppFolder["owner"], folder: string): Promise<Found[]> {
  if (owner === "ollama") {
    return (await findOllamaModels(folder)).map(({ name, path }) => ({ name, path, paths: [path] }));
  }
  const found = (await findModelFiles(folder, maxDepth)).filter(({ path }) => !isCompanion(path));
  if (owner !== "jan") return found.map((file) => ({ ...file, name: modelFileName(file.path) }));
  return await Promise.all(found.map(async (file) => ({ ...file, name: await janName(folder, file.path) })));
}

/** Returns whether this is a projector for images, or a partial download of GPT4All. */
function isCompanion(path: string): boolean {
  return /mmproj/i.test(basename(path)) || basename(path).startsWith("incomplete-");
}

/**
 * Resolves with the name in `model.yml` next to the file, or else the folder's name, because Jan names every file
 * `model.gguf`.
 */
async function janName(root: string, path: string): Promise<string> {
  if (basename(path).toLowerCase() !== "model.gguf") return modelFileName(path);
  const note = await readSmallFile(join(dirname(path), "model.yml"), maxNoteBytes);
  const stated = /^name:[ \t]*(["']?)([^\r\n]{1,200}?)\1[ \t]*$/m.exec(note ?? "")?.[2];
  return stated ?? relative(root, dirname(path)).split(sep).join("/");
}

/** Resolves with the models folder in LM Studio's settings, or null for its usual one. */
async function lmStudioFolder(settings: string): Promise<string | null> {
  try {
    const json: unknown = JSON.parse((await readSmallFile(settings, maxNoteBytes)) ?? "");
    if (typeof json !== "object" || json === null || !("downloadsFolder" in json)) return null;
    const { downloadsFolder } = json;
    return typeof downloadsFolder === "string" && isAbsolute(downloadsFolder) ? downloadsFolder : null;
  } catch {
    return null;
  }
}

/** Returns a name that is safe to show: no control characters, limited length. */
function oneLine(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 200);
  return clean === "" ? "model" : clean;
}
