import { basename } from "node:path";
import type { Catalog, CatalogModel, CatalogVariant } from "../../contract/catalog.ts";
import type { HubListing } from "../../contract/hub.ts";
import type { MemoryNeed, Model, ModelShape } from "../../contract/models.ts";
import { modelNameOf, partPaths } from "../hub/hubPaths.ts";
import { chooseContext } from "../models/chooseContext.ts";
import { memoryNeed } from "../models/memoryNeed.ts";
import { type CatalogEntry, readCatalogFile, type VariantEntry } from "./catalogFile.ts";
import { createHubSizes, type HubSizes } from "./hubSizes.ts";
import { type Machine, recommend } from "./recommend.ts";
import { variantShape } from "./variantShape.ts";

export interface CatalogOptions {
  catalogFile: string;
  home: string;
  /** The library's list. */
  models: () => Promise<Model[]>;
  machine: () => Promise<Machine>;
}

/** The R1 family for this machine. */
export interface CatalogOwner {
  get(): Promise<Catalog>;
  /** The hub's numbers replace the computed ones. */
  learn(listing: HubListing): Promise<void>;
}

/** Below this a long thought does not fit. */
const roomyContext = 8192;
const smallestContext = 512;
/** Left for the system and this app when a model is judged: an eighth of the memory, at least 2 GB. */
const othersBytes = (memoryBytes: number): number => Math.max(2e9, memoryBytes / 8);

export function createCatalog({ catalogFile, home, models, machine }: CatalogOptions): CatalogOwner {
  let opened: Promise<{ entries: CatalogEntry[]; sizes: HubSizes }> | null = null;
  const open = () =>
    (opened ??= readCatalogFile(catalogFile).then((entries) => {
      const repos = new Set(entries.map(({ repo }) => repo));
      return { entries, sizes: createHubSizes(home, repos) };
    }));

  return {
    async get() {
      const { entries, sizes } = await open();
      // A library that cannot be read is told on its own list.
      const [here, installed] = await Promise.all([machine(), models().catch(() => [])]);
      const usableBytes = Math.max(0, here.memoryBytes - othersBytes(here.memoryBytes));
      const described = await Promise.all(entries.map((entry) => describe(entry, sizes, usableBytes, installed)));
      return {
        models: described,
        recommended: recommend(described, here),
        memoryBytes: here.memoryBytes,
        usableBytes,
      };
    },
    async learn(listing) {
      await (await open()).sizes.keep(listing);
    },
  };
}

async function describe(
  entry: CatalogEntry,
  sizes: HubSizes,
  usableBytes: number,
  installed: readonly Model[],
): Promise<CatalogModel> {
  const { id, name, goodFor, contextLength, licence, licenceNote, otherRepos } = entry;
  const variants = await Promise.all(
    entry.variants.map(async (variant): Promise<CatalogVariant> => {
      const stated = await sizes.of(entry.repo, modelNameOf(variant.path));
      const path = stated?.path ?? variant.path;
      const computed = variantShape(entry.shape, variant);
      const sizeBytes = stated?.sizeBytes ?? computed.fileBytes;
      const installedModel = installed.find((model) => isSameFile(model, path, sizeBytes));
      return {
        id: `${id}-${variant.quantization.toLowerCase()}`,
        size: variant.size,
        quantization: variant.quantization,
        file: { repo: entry.repo, revision: "main", path },
        parts: stated?.parts ?? partPaths(path)?.length ?? 1,
        sizeBytes,
        sizeFrom: stated === null ? "shape" : "hub",
        ...judge(name, computed.shape, contextLength, usableBytes),
        installedModelId: installedModel?.id ?? null,
      };
    }),
  );
  const { shape, parameters, activeParameters } = variantShape(entry.shape, plainest(entry.variants));
  const { weightsBytes: _, repackableBytes: __, largestTensorBytes: ___, ...dimensions } = shape;
  return {
    id,
    name,
    goodFor,
    parameters,
    activeParameters,
    contextLength,
    licence,
    licenceNote,
    shape: dimensions,
    variants,
    otherRepos,
  };
}

/** The model's own shape does not depend on how a file of it was converted. */
const plainest = ([first]: readonly VariantEntry[]): VariantEntry => ({
  size: "balanced",
  quantization: "Q8_0",
  path: first?.path ?? "",
  fullCache: false,
});

function judge(
  name: string,
  shape: ModelShape,
  contextLength: number,
  usableBytes: number,
): { need: MemoryNeed; verdict: CatalogVariant["verdict"] } {
  try {
    const wishes = { name, contextLength, contextSize: null, freeBytes: usableBytes, gpuLayers: 0 };
    const { contextSize, need } = chooseContext(shape, wishes);
    return { need, verdict: contextSize >= roomyContext ? "fits" : "tight" };
  } catch {
    const placement = { contextSize: smallestContext, batchSize: smallestContext, gpuLayers: 0 };
    return { need: memoryNeed(shape, placement), verdict: "no" };
  }
}

/** The same name and, within what a re-upload changes, the same size. */
function isSameFile(model: Model, path: string, sizeBytes: number): boolean {
  const sameName = basename(model.path).toLowerCase() === basename(path).toLowerCase();
  return sameName && Math.abs(model.sizeBytes - sizeBytes) < sizeBytes / 20;
}
