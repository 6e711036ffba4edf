import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { problemOf, toError, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { canAnswer, inOrderOfChoice } from "../../contract/modelChoice.ts";
import { isFile, isRemote } from "../../contract/modelKinds.ts";
import type { FileModel, ForeignModel, GgufFacts, Model, ModelOwner, RemoteModel } from "../../contract/models.ts";
import { atMost } from "../atMost.ts";
import { medianSpeed, type ModelUse, type ModelUseRecord } from "../engines/modelUse.ts";
import type { KnownDownload } from "../downloads/knownDownload.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { withoutQuantization } from "../hub/hubPaths.ts";
import { findForeignModels, foreignFolders } from "./foreignModels.ts";
import type { AppFolder } from "./appFolders.ts";
import { createInspectCache, type Inspection } from "./inspectCache.ts";
import {
  exactFingerprint,
  type FoundModelFile,
  findModelFiles,
  fingerprint,
  isSameFingerprint,
  modelFileAt,
  modelFileName,
  type ModelFile,
  realPathOf,
  sizeBytesOf,
} from "./modelFiles.ts";
import { keptEntry } from "./keptEntry.ts";
import { ModelIds } from "./ModelIds.ts";

export interface LibraryOptions {
  /** Folder with the models that are included in the app. */
  builtInFolder: string;
  /** The app's home folder. It contains models in `models` and inspections in `inspections.json`. */
  home: string;
  settings: SettingsStore;
  use: Pick<ModelUse, "read">;
  /** Reads a file's facts in the engine process. Rejects with a coded error. */
  inspect: (path: string) => Promise<GgufFacts>;
  /** Resolves with null if the file was not downloaded here, or may be another one by now. */
  download?: (path: string) => Promise<KnownDownload | null>;
  /** Resolves with the other apps' folders. Default: those on this machine. */
  foreign?: () => Promise<AppFolder[]>;
  /** Resolves with the models of the servers. Left out: there are none. */
  remote?: () => Promise<RemoteModel[]>;
  /** Called when the list was changed through `link`, `adopt` or `forget`. */
  onChange?: () => void;
}

/** The models on this machine, read from disk at each call, and those of the servers that the user added. */
export interface Library {
  /**
   * Resolves with all models on this machine, built-in ones first. A broken or marked file is listed with its problem. What
   * chooses a model itself chooses one of these.
   */
  list(): Promise<FileModel[]>;
  /** Resolves with the models of the servers. */
  remote(): Promise<RemoteModel[]>;
  /**
   * Resolves with the model with this id, or for null with the default model for new chats. Rejects with
   * `model-not-found`.
   */
  choose(id: string | null): Promise<Model>;
  /** The same for what needs a file. Rejects with `server-cannot` for a model on a server. */
  chooseFile(id: string | null): Promise<FileModel>;
  /**
   * Resolves with the model that answers if this one was chosen (see `modelChoice.ts`). Rejects only if there is no
   * model.
   */
  answering(chosen: string | null): Promise<Model>;
  /** The same among the files, for what was begun with a file: what was not told of a server goes to none. */
  answeringFile(chosen: string | null): Promise<FileModel>;
  /** Resolves with the model that answers if it is on a server, or else with null. Reads no file. */
  answeringServer(chosen: string | null): Promise<RemoteModel | null>;
  /**
   * Resolves with the model that the user named by id or file path. Rejects with `model-not-found` or
   * `model-file-missing`.
   */
  named(name: string): Promise<Model>;
  /** Resolves with the facts in the file's header. Rejects with its problem. */
  facts(model: Pick<FileModel, "source">): Promise<GgufFacts>;
  /**
   * Resolves with the model of a file, and whether it is in the list. Adds nothing. Rejects with `model-file-missing`.
   */
  at(path: string): Promise<{ model: FileModel; isListed: boolean }>;
  /** Adds a file to the list without moving it. Rejects with its problem. */
  link(path: string): Promise<FileModel>;
  /** Resolves with models of other apps that are not in the list. */
  foreign(): Promise<ForeignModel[]>;
  /** Adds other apps' models to the list. Ignores paths that `foreign` does not return. */
  adopt(paths: readonly string[]): Promise<FileModel[]>;
  /** Removes a linked or adopted file from the list. Rejects with `model-not-deletable` for other files. */
  forget(model: FileModel): Promise<void>;
}

interface Place extends ModelFile {
  /** The path with all links resolved. */
  real: string;
  owner: ModelOwner;
  /** Its name in another app. Null if there is none. */
  name: string | null;
}

/** Each file is read by a process of its own. More at a time would only wait for each other. */
const readersAtOnce = 4;

export function createLibrary(options: LibraryOptions): Library {
  const { builtInFolder, home, settings, use, inspect, download = () => Promise.resolve(null) } = options;
  const { foreign = foreignFolders, onChange, remote = () => Promise.resolve([]) } = options;
  const cache = createInspectCache(join(home, "inspections.json"));
  const inTurn = atMost(readersAtOnce);
  /** Files that are being read, for all who ask meanwhile: each is read by a process. */
  const underWay = new Map<string, Promise<Inspection>>();
  const ids = new ModelIds(home);
  /** Files that were requested by path and are not in the list. */
  const unlisted = new Map<string, string>();

  async function places(): Promise<Place[]> {
    const { linkedModels, adoptedModels } = settings.get();
    const at = async (path: string) => ({ ...(await modelFileAt(path)), real: await realPathOf(path) });
    const [builtIn, own, linked, adopted] = await Promise.all([
      findModelFiles(builtInFolder),
      findModelFiles(join(home, "models")),
      Promise.all(linkedModels.map(at)),
      Promise.all(adoptedModels.map(async ({ path, name, owner }) => ({ ...(await at(path)), name, owner }))),
    ]);
    // The target of a link in the models folder belongs to someone else, so the app must not delete it.
    const found = (owner: ModelOwner) => (file: FoundModelFile) => ({
      ...file,
      owner: file.isLinked ? ("linked" as const) : owner,
      name: null,
    });
    const all: Place[] = [
      ...builtIn.map(found("app")),
      ...own.map(found("downloads")),
      ...linked.map((file) => ({ ...file, owner: "linked" as const, name: null })),
      ...adopted,
    ];
    // Each file counts once, whatever links lead to it.
    return [...new Map(all.toReversed().map((place) => [place.real, place])).values()].toReversed();
  }

  async function read(file: ModelFile, print: string | null): Promise<Inspection> {
    const kept = print === null ? null : await cache.get(file.path, print);
    if (kept !== null) return kept;
    const key = JSON.stringify([file.path, print]);
    const known = underWay.get(key);
    if (known !== undefined) return await known;
    const reading = readAnew(file, print).finally(() => underWay.delete(key));
    underWay.set(key, reading);
    return await reading;
  }

  async function readAnew(file: ModelFile, print: string | null): Promise<Inspection> {
    const found = await inTurn(() => inspect(file.path)).then(
      (facts): Inspection => ({ facts }),
      (error: unknown): Inspection => ({ problem: toProblem(error) }),
    );
    // A crashed engine or an unreadable disk says nothing permanent about the file.
    const lasting =
      "facts" in found || (found.problem.code.startsWith("model-") && found.problem.code !== "model-file-unreadable");
    if (print !== null && lasting) cache.set(file.path, print, found);
    return found;
  }

  async function inspection(file: ModelFile): Promise<{ found: Inspection; print: string | null }> {
    // No file can have such a name, and it cannot be passed to a process.
    if (file.path.includes("\0")) {
      return { found: { problem: toProblem(new WorkbenchError("model-file-missing")) }, print: null };
    }
    try {
      const [print, exact] = await Promise.all([fingerprint(file), exactFingerprint(file)]);
      return { found: await read(file, exact), print };
    } catch (error) {
      // A disk that does not respond would block the reading process as well.
      if (error instanceof WorkbenchError) return { found: { problem: toProblem(error) }, print: null };
      return { found: await read(file, null), print: null };
    }
  }

  async function describe(place: Place, id: string, records: ReadonlyMap<string, ModelUseRecord>): Promise<FileModel> {
    const { found, print } = await inspection(place);
    const source = { kind: "file", path: place.path } as const;
    const known = keptEntry(records, { id, source });
    const record = known && print !== null && isSameFingerprint(known.fingerprint, print) ? known : undefined;
    const downloaded = await download(place.path);
    // The name that it was downloaded under. What the file says may be anything.
    const given = downloaded?.name ?? (place.owner === "ollama" ? place.name : null);
    const fallback = place.name ?? modelFileName(place.path);
    const common = {
      id,
      source,
      builtIn: place.owner === "app",
      owner: place.owner,
      lastUsedAt: record?.lastUsedAt ?? null,
      measuredTokensPerSecond: record === undefined ? null : medianSpeed(record),
      verified: downloaded?.verified ?? null,
    };
    if ("facts" in found) {
      const { facts } = found;
      const mark = record?.mark ?? null;
      return {
        ...common,
        name: given ?? withoutQuantization(facts.name ?? fallback, facts.quantization),
        sizeBytes: facts.sizeBytes,
        quantization: facts.quantization,
        architecture: facts.architecture,
        family: facts.family,
        parameters: facts.parameters,
        contextLength: facts.contextLength,
        licence: facts.licence,
        problems: mark === null ? facts.problems : [...facts.problems, markProblem(mark)],
      };
    }
    return {
      ...common,
      name: given ?? fallback,
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

  async function onServers(): Promise<RemoteModel[]> {
    const [models, records] = await Promise.all([remote(), use.read()]);
    return models.map((model) => withUse(model, records));
  }

  const onServer = async (wanted: string | null): Promise<RemoteModel | null> =>
    wanted === null ? null : ((await onServers()).find(({ id }) => id === wanted) ?? null);

  const answeringServer = (chosen: string | null): Promise<RemoteModel | null> =>
    onServer(chosen ?? settings.get().defaultModelId);

  /** Reads no more files than needed. */
  async function answeringFile(chosen: string | null): Promise<FileModel> {
    const opened = chosen === null ? undefined : unlisted.get(chosen);
    if (opened !== undefined) return await fromPath(opened);
    const wishes = { chosen, byDefault: settings.get().defaultModelId };
    const all = (await identified()).map(({ place, id }) => ({ place, id, builtIn: place.owner === "app" }));
    const records = await use.read();
    let first: FileModel | null = null;
    for (const { place, id } of inOrderOfChoice(all, wishes)) {
      const model = await describe(place, id, records);
      if (canAnswer(model, wishes)) return model;
      first ??= model;
    }
    if (first !== null) return first;
    throw new WorkbenchError("model-not-found", { case: "none" });
  }

  async function describeAll(wanted: (place: Place, id: string) => boolean): Promise<FileModel[]> {
    const records = await use.read();
    const found = (await identified()).filter(({ place, id }) => wanted(place, id));
    return await Promise.all(found.map(({ place, id }) => describe(place, id, records)));
  }

  async function findListed(matches: (place: Place, id: string) => boolean): Promise<FileModel | null> {
    return (await describeAll(matches))[0] ?? null;
  }

  async function listedAt(path: string): Promise<FileModel | null> {
    const real = await realPathOf(path);
    return await findListed((place) => place.real === real);
  }

  /** Describes a file that need not be in the list. Rejects if there is nothing to describe. */
  async function fromPath(path: string): Promise<FileModel> {
    return (await listedAt(path)) ?? (await fromUnlisted(path));
  }

  async function fromUnlisted(path: string): Promise<FileModel> {
    const place: Place = { ...(await modelFileAt(path)), real: path, owner: "linked", name: null };
    const model = await describe(place, await ids.ofUnlisted(path), await use.read());
    const [problem] = model.problems;
    if (problem?.code === "model-file-missing") {
      throw new WorkbenchError(problem.code, { case: "at", path }, problem.detail);
    }
    await cache.save();
    unlisted.set(model.id, path);
    return model;
  }

  async function fileWithId(wanted: string): Promise<FileModel | null> {
    const listed = await findListed((_, id) => id === wanted);
    const opened = listed === null ? unlisted.get(wanted) : undefined;
    return opened === undefined ? listed : await fromPath(opened);
  }

  const withId = async (wanted: string): Promise<Model | null> =>
    (await onServer(wanted)) ?? (await fileWithId(wanted));

  async function choose(id: string | null): Promise<Model> {
    if (id === null) return (await answeringServer(null)) ?? (await answeringFile(null));
    const model = await withId(id);
    if (model === null) throw new WorkbenchError("model-not-found", { case: "named", name: id });
    return model;
  }

  async function foreignModels(): Promise<ForeignModel[]> {
    const [found, listed] = await Promise.all([foreign().then(findForeignModels), places()]);
    const known = new Set(listed.map(({ path }) => path));
    return found.filter(({ path }) => !known.has(path));
  }

  return {
    foreign: foreignModels,
    async list() {
      const models = await describeAll(() => true);
      await cache.save();
      return models;
    },
    remote: onServers,
    choose,
    async chooseFile(id) {
      const model = await choose(id);
      if (isFile(model)) return model;
      throw new WorkbenchError(
        "server-cannot",
        isRemote(model) ? { server: model.source.serverName, case: "fileOnly" } : undefined,
      );
    },
    answering: async (chosen) => (await answeringServer(chosen)) ?? (await answeringFile(chosen)),
    answeringFile,
    answeringServer,
    async named(name) {
      const model = await withId(name);
      if (model !== null) return model;
      if (!looksLikePath(name) && !(await isFileAt(resolve(name))))
        throw new WorkbenchError("model-not-found", { case: "named", name });
      const opened = await fromPath(resolve(name));
      await ids.keep(opened.id, opened.source.path);
      return opened;
    },
    async facts({ source }) {
      const { found } = await inspection(await modelFileAt(source.path));
      if ("facts" in found) return found.facts;
      throw toError(found.problem);
    },
    async at(path) {
      const listed = await listedAt(path);
      return { model: listed ?? (await fromUnlisted(path)), isListed: listed !== null };
    },
    async link(path) {
      const model = await fromPath(resolve(path));
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const listed = await listedAt(model.source.path);
      if (listed !== null) return listed;
      await settings.change({ linkedModels: [...settings.get().linkedModels, model.source.path] });
      onChange?.();
      return (await listedAt(model.source.path)) ?? model;
    },
    async adopt(paths) {
      const wanted = new Set(paths);
      const chosen = (await foreignModels()).filter(({ path }) => wanted.has(path));
      if (chosen.length > 0) {
        const added = chosen.map(({ path, name, owner }) => ({ path, name, owner }));
        await settings.change({ adoptedModels: [...settings.get().adoptedModels, ...added] });
        onChange?.();
      }
      const models = await describeAll((place) => wanted.has(place.path));
      await cache.save();
      return models;
    },
    async forget({ source: { path }, name }) {
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

/** Returns a server's model with what was measured of it here. */
function withUse(model: RemoteModel, records: ReadonlyMap<string, ModelUseRecord>): RemoteModel {
  const record = keptEntry(records, model);
  if (record === undefined) return model;
  return { ...model, lastUsedAt: record.lastUsedAt, measuredTokensPerSecond: medianSpeed(record) };
}

/** An earlier version stored the crash in English, which is for bug reports. */
function markProblem({ at, cause, reason }: NonNullable<ModelUseRecord["mark"]>): Model["problems"][number] {
  const detail = [new Date(at).toISOString(), reason].filter(Boolean).join("\n");
  return problemOf("model-crashed-engine", cause === "stopped" ? undefined : { case: cause }, detail);
}

/** Resolves with whether a path is a file. Needed because a blob of Ollama's, such as `sha256-…`, has no extension. */
async function isFileAt(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function looksLikePath(model: string): boolean {
  return /[\\/]/.test(model) || /\.gguf$/i.test(model);
}
