import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { problemOf, toError, WorkbenchError } from "../../contract/errors.ts";
import { canAnswer, inOrderOfChoice } from "../../contract/modelChoice.ts";
import type { ForeignModel, GgufFacts, Model } from "../../contract/models.ts";
import { medianSpeed, type ModelUse, type ModelUseRecord } from "../engines/modelUse.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import type { AppFolder } from "./appFolders.ts";
import { findPlaces, type Place } from "./findPlaces.ts";
import { findForeignModels, foreignFolders } from "./foreignModels.ts";
import { type Inspect, Inspections } from "./Inspections.ts";
import { keptEntry } from "./keptEntry.ts";
import { ModelIds } from "./ModelIds.ts";
import { modelFileAt, modelFileName, realPathOf, sizeBytesOf } from "./modelFiles.ts";

export interface LibraryOptions {
  /** Folder with the models that are included in the app. */
  builtInFolder: string;
  /** The app's home folder. It contains models in `models` and inspections in `inspections.json`. */
  home: string;
  settings: SettingsStore;
  use: Pick<ModelUse, "read">;
  inspect: Inspect;
  /** Resolves with whether the file's hash was compared with the hub's, or null if it was not downloaded here. */
  verified?: (path: string) => Promise<boolean | null>;
  /** Resolves with the other apps' folders. Default: those on this machine. */
  foreign?: () => Promise<AppFolder[]>;
  /** Called when the list was changed through `link`, `adopt` or `forget`. */
  onChange?: () => void;
}

export type Library = ReturnType<typeof createLibrary>;

/** The models on this machine, read from disk at each call. */
export function createLibrary(options: LibraryOptions) {
  const { builtInFolder, home, settings, use, inspect, verified = () => Promise.resolve(null) } = options;
  const { foreign = foreignFolders, onChange } = options;
  const inspections = new Inspections(home, inspect);
  const ids = new ModelIds(home);
  /** Files that were requested by path and are not in the list. */
  const unlisted = new Map<string, string>();

  const places = (): Promise<Place[]> => findPlaces(builtInFolder, home, settings.get());

  async function describe(place: Place, id: string, records: ReadonlyMap<string, ModelUseRecord>): Promise<Model> {
    const { found, print } = await inspections.of(place);
    const source = { kind: "file", path: place.path } as const;
    const known = keptEntry(records, { id, source });
    const record = known?.fingerprint === print ? known : undefined;
    const common = {
      id,
      source,
      builtIn: place.owner === "app",
      owner: place.owner,
      lastUsedAt: record?.lastUsedAt ?? null,
      measuredTokensPerSecond: record === undefined ? null : medianSpeed(record),
      verified: await verified(place.path),
    };
    if ("facts" in found) {
      const { sizeBytes, quantization, architecture, family, parameters, contextLength, licence, problems } =
        found.facts;
      const stated = { sizeBytes, quantization, architecture, family, parameters, contextLength, licence };
      const own = place.owner === "ollama" ? place.name : null;
      const name = own ?? found.facts.name ?? place.name ?? modelFileName(place.path);
      const mark = record?.mark ?? null;
      return { ...common, ...stated, name, problems: mark === null ? problems : [...problems, markProblem(mark)] };
    }
    return {
      ...common,
      name: place.name ?? modelFileName(place.path),
      sizeBytes: await sizeBytesOf(place),
      quantization: "unknown",
      architecture: "unknown",
      family: "other",
      parameters: 0,
      contextLength: null,
      licence: null,
      problems: [found.problem],
    };
  }

  async function identified(): Promise<{ place: Place; id: string }[]> {
    const found = await places();
    const given = await ids.of(found);
    return found.map((place, index) => ({ place, id: given[index] ?? "" }));
  }

  /** Reads no more files than needed. */
  async function answering(chosen: string | null): Promise<Model> {
    const opened = chosen === null ? undefined : unlisted.get(chosen);
    if (opened !== undefined) return await fromPath(opened);
    const wishes = { chosen, byDefault: settings.get().defaultModelId };
    const all = (await identified()).map(({ place, id }) => ({ place, id, builtIn: place.owner === "app" }));
    const records = await use.read();
    let first: Model | null = null;
    for (const { place, id } of inOrderOfChoice(all, wishes)) {
      const model = await describe(place, id, records);
      if (canAnswer(model, wishes)) return model;
      first ??= model;
    }
    if (first !== null) return first;
    throw new WorkbenchError("model-not-found", { case: "none" });
  }

  async function describeAll(wanted: (place: Place, id: string) => boolean): Promise<Model[]> {
    const records = await use.read();
    const found = (await identified()).filter(({ place, id }) => wanted(place, id));
    return await Promise.all(found.map(({ place, id }) => describe(place, id, records)));
  }

  async function findListed(matches: (place: Place, id: string) => boolean): Promise<Model | null> {
    return (await describeAll(matches))[0] ?? null;
  }

  async function listedAt(path: string): Promise<Model | null> {
    const real = await realPathOf(path);
    return await findListed((place) => place.real === real);
  }

  /** Describes a file that need not be in the list. Rejects if there is nothing to describe. */
  async function fromPath(path: string): Promise<Model> {
    const listed = await listedAt(path);
    if (listed !== null) return listed;
    const place: Place = { ...(await modelFileAt(path)), real: path, owner: "linked", name: null };
    const model = await describe(place, await ids.ofUnlisted(path), await use.read());
    const [problem] = model.problems;
    if (problem?.code === "model-file-missing") {
      throw new WorkbenchError(problem.code, { case: "at", path }, problem.detail);
    }
    await inspections.save();
    unlisted.set(model.id, path);
    return model;
  }

  async function withId(wanted: string): Promise<Model | null> {
    const listed = await findListed((_, id) => id === wanted);
    const opened = listed === null ? unlisted.get(wanted) : undefined;
    return opened === undefined ? listed : await fromPath(opened);
  }

  async function foreignModels(): Promise<ForeignModel[]> {
    const [found, listed] = await Promise.all([foreign().then(findForeignModels), places()]);
    const known = new Set(listed.map(({ path }) => path));
    return found.filter(({ path }) => !known.has(path));
  }

  return {
    /** Resolves with models of other apps that are not in the list. */
    foreign: foreignModels,
    /** Resolves with all models, built-in ones first. A broken or marked file is listed with its problem. */
    async list(): Promise<Model[]> {
      const models = await describeAll(() => true);
      await inspections.save();
      return models;
    },
    /**
     * Resolves with the model with this id, or for null with the default model for new chats. Rejects with
     * `model-not-found`.
     */
    async choose(id: string | null): Promise<Model> {
      const model = id === null ? await answering(null) : await withId(id);
      if (model === null) throw new WorkbenchError("model-not-found", { case: "named", name: id ?? "" });
      return model;
    },
    /**
     * Resolves with the model that answers if this one was chosen (see `modelChoice.ts`). Rejects only if there is no
     * model.
     */
    answering,
    /**
     * Resolves with the model that the user named by id or file path. Rejects with `model-not-found` or
     * `model-file-missing`.
     */
    async named(name: string): Promise<Model> {
      const model = await withId(name);
      if (model !== null) return model;
      if (!looksLikePath(name) && !(await isFile(resolve(name))))
        throw new WorkbenchError("model-not-found", { case: "named", name });
      const opened = await fromPath(resolve(name));
      await ids.keep(opened.id, opened.source.path);
      return opened;
    },
    /** Resolves with the facts in the file's header. Rejects with its problem. */
    async facts({ source }: Pick<Model, "source">): Promise<GgufFacts> {
      const { found } = await inspections.of(await modelFileAt(source.path));
      if ("facts" in found) return found.facts;
      throw toError(found.problem);
    },
    /** Adds a file to the list without moving it. Rejects with its problem. */
    async link(path: string): Promise<Model> {
      const model = await fromPath(resolve(path));
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const listed = await listedAt(model.source.path);
      if (listed !== null) return listed;
      await settings.change({ linkedModels: [...settings.get().linkedModels, model.source.path] });
      onChange?.();
      return (await listedAt(model.source.path)) ?? model;
    },
    /** Adds other apps' models to the list. Ignores paths that `foreign` does not return. */
    async adopt(paths: readonly string[]): Promise<Model[]> {
      const wanted = new Set(paths);
      const chosen = (await foreignModels()).filter(({ path }) => wanted.has(path));
      if (chosen.length > 0) {
        const added = chosen.map(({ path, name, owner }) => ({ path, name, owner }));
        await settings.change({ adoptedModels: [...settings.get().adoptedModels, ...added] });
        onChange?.();
      }
      const models = await describeAll((place) => wanted.has(place.path));
      await inspections.save();
      return models;
    },
    /** Removes a linked or adopted file from the list. Rejects with `model-not-deletable` for other files. */
    async forget({ source: { path }, name }: Model): Promise<void> {
      const { linkedModels, adoptedModels } = settings.get();
      const linked = linkedModels.filter((each) => each !== path);
      const adopted = adoptedModels.filter((each) => each.path !== path);
      if (linked.length === linkedModels.length && adopted.length === adoptedModels.length) {
        throw new WorkbenchError("model-not-deletable", { case: "inFolder", name });
      }
      await settings.change({ linkedModels: linked, adoptedModels: adopted });
      onChange?.();
    },
  };
}

/** An earlier version stored the crash in English, which is for bug reports. */
function markProblem({ at, cause, reason }: NonNullable<ModelUseRecord["mark"]>): Model["problems"][number] {
  const detail = [new Date(at).toISOString(), reason].filter(Boolean).join("\n");
  return problemOf("model-crashed-engine", cause === "stopped" ? undefined : { case: cause }, detail);
}

/** Resolves with whether a path is a file. Needed because a blob of Ollama's, such as `sha256-…`, has no extension. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function looksLikePath(model: string): boolean {
  return /[\\/]/.test(model) || /\.gguf$/i.test(model);
}
