import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { ForeignModel } from "../../contract/models.ts";
import { readSmallFile } from "../home/readOwnFile.ts";
import { type AppFolder, appFolders } from "./appFolders.ts";
import { findModelFiles, modelFileName, regularSizeBytes } from "./modelFiles.ts";
import { findOllamaModels } from "./ollamaModels.ts";

/** Deep enough for a folder inside a snapshot of the Hugging Face cache. */
const maxDepth = 6;
const maxModels = 1000;
const maxNoteBytes = 100_000;

type Found = Pick<ForeignModel, "path" | "name"> & { paths: string[] };

/** The other apps' folders on this machine. */
export async function foreignFolders(): Promise<AppFolder[]> {
  const home = homedir();
  const known = appFolders({ platform: process.platform, home, env: process.env });
  const chosen = await lmStudioFolder(join(home, ".lmstudio", "settings.json"));
  return chosen === null ? known : [{ owner: "lm-studio", folder: chosen }, ...known];
}

/**
 * The models that other apps hold, each file once however many names lead to it. Only regular files count. Names and
 * manifests are other programs' words: nothing in them decides what is read outside a `.gguf` file or a blob.
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

/** Projectors for pictures, and what GPT4All has not finished fetching. */
function isCompanion(path: string): boolean {
  return /mmproj/i.test(basename(path)) || basename(path).startsWith("incomplete-");
}

/** Jan calls every file `model.gguf`; the name is in `model.yml` beside it, else it is the folder's. */
async function janName(root: string, path: string): Promise<string> {
  if (basename(path).toLowerCase() !== "model.gguf") return modelFileName(path);
  const note = await readSmallFile(join(dirname(path), "model.yml"), maxNoteBytes);
  const stated = /^name:[ \t]*(["']?)([^\r\n]{1,200}?)\1[ \t]*$/m.exec(note ?? "")?.[2];
  return stated ?? relative(root, dirname(path)).split(sep).join("/");
}

/** The folder that LM Studio was told to keep its models in; null: the usual one. */
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

/** For screens: no control characters, not endless. */
function oneLine(name: string): string {
  const clean = name
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 200);
  return clean === "" ? "model" : clean;
}
