import { join, resolve } from "node:path";
import { errorTexts, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { GgufFacts, Model } from "../../contract/models.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { createInspectCache, type Inspection } from "./inspectCache.ts";
import {
  findModelFiles,
  fingerprint,
  modelFileAt,
  modelFileName,
  type ModelFile,
  modelSlug,
  pathHash,
  sizeBytesOf,
} from "./modelFiles.ts";

export interface LibraryOptions {
  /** Models that come with the app. */
  builtInFolder: string;
  /** The app's home folder: models lie in `models` below it, the inspections in `inspections.json`. */
  home: string;
  settings: SettingsStore;
  /** Reads a file's facts in the engine process; rejects with a coded error. */
  inspect: (path: string) => Promise<GgufFacts>;
  /** The list changed through `link`. */
  onChange?: () => void;
}

/** The models on this machine, read from disk each time. */
export interface Library {
  /** Built-in ones first. A broken file is listed with its problem. */
  list(): Promise<Model[]>;
  /** A library id, a file path, or null for the default. Rejects with `model-not-found` or `model-file-missing`. */
  choose(model: string | null): Promise<Model>;
  /** What the file says of itself. Rejects with its problem. */
  facts(model: Model): Promise<GgufFacts>;
  /** Keeps a file in the list where it lies. Rejects with its problem. */
  link(path: string): Promise<Model>;
}

interface Place extends ModelFile {
  builtIn: boolean;
}

export function createLibrary({ builtInFolder, home, settings, inspect, onChange }: LibraryOptions): Library {
  const cache = createInspectCache(join(home, "inspections.json"));

  async function places(): Promise<Place[]> {
    const builtIn = await findModelFiles(builtInFolder);
    const own = await findModelFiles(join(home, "models"));
    const linked = await Promise.all(settings.get().linkedModels.map((path) => modelFileAt(path)));
    const all = [
      ...builtIn.map((file) => ({ ...file, builtIn: true })),
      ...[...own, ...linked].map((file) => ({ ...file, builtIn: false })),
    ];
    return [...new Map(all.toReversed().map((place) => [place.path, place])).values()].toReversed();
  }

  async function inspection(file: ModelFile): Promise<Inspection> {
    const print = await fingerprint(file).catch(() => null);
    const kept = print === null ? null : await cache.get(file.path, print);
    if (kept !== null) return kept;
    const read = await inspect(file.path).then(
      (facts): Inspection => ({ facts }),
      (error: unknown): Inspection => ({ problem: toProblem(error) }),
    );
    // A dead engine or an unreadable disk says nothing lasting about the file.
    const lasting =
      "facts" in read || (read.problem.code.startsWith("model-") && read.problem.code !== "model-file-unreadable");
    if (print !== null && lasting) cache.set(file.path, print, read);
    return read;
  }

  async function describe(place: Place, id: string): Promise<Model> {
    const read = await inspection(place);
    const common = { id, path: place.path, builtIn: place.builtIn };
    if ("facts" in read) {
      const { facts } = read;
      return {
        ...common,
        name: facts.name ?? modelFileName(place.path),
        sizeBytes: facts.sizeBytes,
        quantization: facts.quantization,
        architecture: facts.architecture,
        family: facts.family,
        parameters: facts.parameters,
        contextLength: facts.contextLength,
        licence: facts.licence,
        problems: facts.problems,
      };
    }
    return {
      ...common,
      name: modelFileName(place.path),
      sizeBytes: await sizeBytesOf(place),
      quantization: "unknown",
      architecture: "unknown",
      family: "other",
      parameters: 0,
      contextLength: null,
      licence: null,
      problems: [read.problem],
    };
  }

  /** Places with their ids; of files with one name, the first keeps the plain id. */
  async function identified(): Promise<{ place: Place; id: string }[]> {
    const taken = new Set<string>();
    return (await places()).map((place) => {
      const slug = modelSlug(place.path);
      const id = taken.has(slug) ? `${slug}-${pathHash(place.path)}` : slug;
      taken.add(id);
      return { place, id };
    });
  }

  /** Reads no more files than it must. */
  async function chooseDefault(): Promise<Model> {
    const all = await identified();
    const { defaultModelId } = settings.get();
    const wanted = all.filter(({ id }) => id === defaultModelId);
    let first: Model | null = null;
    for (const { place, id } of [...wanted, ...all]) {
      const model = await describe(place, id);
      if (model.problems.length === 0) return model;
      first ??= model;
    }
    if (first !== null) return first;
    throw new WorkbenchError("model-not-found", "There is no model on this machine yet.");
  }

  async function findListed(matches: (place: Place, id: string) => boolean): Promise<Model | null> {
    const found = (await identified()).find(({ place, id }) => matches(place, id));
    return found === undefined ? null : await describe(found.place, found.id);
  }

  async function list(): Promise<Model[]> {
    const models: Model[] = [];
    for (const { place, id } of await identified()) models.push(await describe(place, id));
    await cache.save();
    return models;
  }

  return {
    list,
    async choose(model) {
      if (model === null) return await chooseDefault();
      const listed = await findListed((_, id) => id === model);
      if (listed !== null) return listed;
      if (!looksLikePath(model)) throw new WorkbenchError("model-not-found", `There is no model "${model}".`);
      return await fromPath(resolve(model));
    },
    async facts(model) {
      const read = await inspection(await modelFileAt(model.path));
      if ("facts" in read) return read.facts;
      throw toError(read.problem);
    },
    async link(path) {
      const model = await fromPath(resolve(path));
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const isIt = (place: Place) => place.path === model.path;
      const listed = await findListed(isIt);
      if (listed !== null) return listed;
      await settings.change({ linkedModels: [...settings.get().linkedModels, model.path] });
      onChange?.();
      return (await findListed(isIt)) ?? model;
    },
  };

  /** A file that need not be in the list. Rejects when there is nothing to describe. */
  async function fromPath(path: string): Promise<Model> {
    const listed = await findListed((place) => place.path === path);
    if (listed !== null) return listed;
    const model = await describe(
      { ...(await modelFileAt(path)), builtIn: false },
      `${modelSlug(path)}-${pathHash(path)}`,
    );
    const [problem] = model.problems;
    if (problem?.code === "model-file-missing") {
      throw new WorkbenchError(problem.code, `${errorTexts[problem.code].what} (${path})`, problem.detail);
    }
    await cache.save();
    return model;
  }
}

function looksLikePath(model: string): boolean {
  return /[\\/]/.test(model) || /\.gguf$/i.test(model);
}
