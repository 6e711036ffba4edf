import { basename, join } from "node:path";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { problemOf, toProblem } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import { atMost } from "../atMost.ts";
import { hashFile } from "../downloads/hashFile.ts";
import { downloadedFile } from "../downloads/VerifiedFiles.ts";
import { inspectModelFile } from "../engine/inspectModelFile.ts";
import { currentFolder } from "../folder/folderPlaces.ts";
import { findModelFiles, modelFileAt, type ModelFile, modelFileName, sizeBytesOf } from "../models/modelFiles.ts";
import { type DoctorOptions, finding } from "./DoctorOptions.ts";

/** Each file is read by a process of its own. */
const readersAtOnce = 2;

/**
 * Examines every model: whether its files are there and as long as its header says, and, if asked for, whether a
 * downloaded one has the hash that it had. Models that cannot be used have a check of their own.
 */
export async function checkModels(
  options: Pick<DoctorOptions, "home" | "builtInModels" | "engine" | "hashWorker" | "isDeep" | "signal">,
  settings: Pick<Settings, "linkedModels" | "adoptedModels">,
): Promise<DoctorCheck[]> {
  const { home, builtInModels, signal } = options;
  const folder = await currentFolder(home);
  if (folder.kind === "missing") {
    return [{ name: "models", ok: false, problem: problemOf("models-folder-missing", { folder: folder.path }) }];
  }
  const elsewhere = [...settings.linkedModels, ...settings.adoptedModels.map(({ path }) => path)];
  const files: ModelFile[] = [
    ...(await findModelFiles(builtInModels)),
    ...(await findModelFiles(join(home, "models"))),
    ...(await Promise.all(elsewhere.map(modelFileAt))),
  ];
  const inTurn = atMost(readersAtOnce);
  const found = await Promise.all(files.map((file) => inTurn(() => examine(file, options))));
  signal.throwIfAborted();
  const broken = found.flatMap((check) => check ?? []);
  if (broken.length > 0) return broken;
  const sizes = await Promise.all(files.map(sizeBytesOf));
  const facts = { count: files.length, size: sizes.reduce((sum, size) => sum + size, 0) };
  return [finding("models", true, { code: options.isDeep ? "modelsHashed" : "modelsGood", facts })];
}

/** Resolves with what is wrong with a model, or null. */
async function examine(
  file: ModelFile,
  { home, engine, hashWorker, isDeep, signal }: Parameters<typeof checkModels>[0],
): Promise<DoctorCheck | null> {
  const model = modelFileName(file.path);
  try {
    signal.throwIfAborted();
    const { problems } = await inspectModelFile(engine, file.path);
    const [problem] = problems;
    if (problem !== undefined) return { name: "models", ok: false, problem, model };
    for (const path of isDeep ? file.paths : []) {
      const known = await downloadedFile(join(home, "models"), path);
      if (known === null || (await hashFile(path, signal, { hashWorker })) === known.sha256) continue;
      return { name: "models", ok: false, problem: problemOf("model-changed", { file: basename(path) }), model };
    }
    return null;
  } catch (error) {
    return { name: "models", ok: false, problem: toProblem(error), model };
  }
}
