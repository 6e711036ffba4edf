import { basename } from "node:path";
import type { Catalog, CatalogModel, CatalogVariant } from "../../contract/catalog.ts";
import type { HubListing } from "../../contract/hub.ts";
import type { FileModel } from "../../contract/models.ts";
import { modelNameOf, partPaths } from "../hub/hubPaths.ts";
import { fromVariant, type Predict } from "../fit/createFit.ts";
import { fitOnServer } from "../fit/fitOnServer.ts";
import { judgeMemory } from "../fit/judgeMemory.ts";
import { modelSlug } from "../models/modelFiles.ts";
import { usableMemory } from "../models/usableMemory.ts";
import { type CatalogEntry, readCatalogFile, type VariantEntry } from "./catalogFile.ts";
import { createHubSizes, type HubSizes } from "./hubSizes.ts";
import { type Machine, recommend } from "./recommend.ts";
import { variantShape } from "./variantShape.ts";

export interface CatalogOptions {
  catalogFile: string;
  home: string;
  /** Resolves with the models in the library. */
  models: () => Promise<FileModel[]>;
  machine: () => Promise<Machine>;
  /** Resolves with null if this machine's speed has not been measured yet. */
  predictor: () => Promise<Predict | null>;
  /** Returns the free memory of the only graphics card, or null. If left out, null. */
  cardBytes?: () => number | null;
}

/** The catalogue of the R1 family for this machine. */
export interface CatalogOwner {
  get(): Promise<Catalog>;
  /** Replaces computed sizes with the hub's numbers. */
  learn(listing: HubListing): Promise<void>;
}

export function createCatalog(options: CatalogOptions): CatalogOwner {
  const { catalogFile, home, models, machine, predictor, cardBytes = () => null } = options;
  let opened: Promise<{ entries: CatalogEntry[]; sizes: HubSizes }> | null = null;
  const open = () =>
    (opened ??= readCatalogFile(catalogFile).then((entries) => {
      const repos = new Set(entries.map(({ repo }) => repo));
      return { entries, sizes: createHubSizes(home, repos) };
    }));

  return {
    async get() {
      const { entries, sizes } = await open();
      // A library that cannot be read is reported in its own list.
      const [here, installed, predict] = await Promise.all([machine(), models().catch(() => []), predictor()]);
      const usableBytes = usableMemory(here.memoryBytes);
      const described = await Promise.all(
        entries.map((entry) => describe(entry, sizes, { usableBytes, cardBytes: cardBytes() }, installed, predict)),
      );
      return {
        models: described,
        recommended: recommend(described, here, ({ installedModelId, speed }) => {
          const measured = installed.find(({ id }) => id === installedModelId)?.measuredTokensPerSecond;
          return measured ?? speed?.generation.value ?? null;
        }),
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
  { usableBytes, cardBytes }: { usableBytes: number; cardBytes: number | null },
  installed: readonly FileModel[],
  predict: Predict | null,
): Promise<CatalogModel> {
  const { id, name, goodFor, contextLength, licence, llamaVersion, otherRepos } = entry;
  const variants = await Promise.all(
    entry.variants.map(async (variant): Promise<CatalogVariant> => {
      const stated = await sizes.of(entry.repo, modelNameOf(variant.path));
      const path = stated?.path ?? variant.path;
      const computed = variantShape(entry.shape, variant);
      const sizeBytes = stated?.sizeBytes ?? computed.fileBytes;
      const question = { name, contextLength, contextSize: null, usableBytes };
      const { need, verdict, limitedBy, mapped, smallerCache } = judgeMemory(computed.shape, question);
      const installedModel = installed.find((model) => isSameFile(model, path, sizeBytes));
      return {
        id: `${id}-${variant.quantization.toLowerCase()}`,
        size: variant.size,
        quantization: variant.quantization,
        file: { repo: entry.repo, revision: "main", path },
        parts: stated?.parts ?? partPaths(path)?.length ?? 1,
        sizeBytes,
        sizeFrom: stated === null ? "shape" : "hub",
        need,
        verdict,
        limitedBy,
        mapped,
        smallerCache,
        onServer: fitOnServer(computed, { ...question, verdict, cardBytes }),
        speed:
          predict?.({ ...fromVariant(entry, variant), ...(installedModel && { key: installedModel.id }) }, 0) ?? null,
        modelId: modelSlug(path),
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
    llamaVersion,
    shape: dimensions,
    variants,
    otherRepos,
  };
}

/** The model's own shape does not depend on how a file was converted. */
const plainest = ([first]: readonly VariantEntry[]): VariantEntry => ({
  size: "balanced",
  quantization: "Q8_0",
  path: first?.path ?? "",
  fullCache: false,
});

/** Returns whether a model has the same name and, allowing for re-uploads, about the same size. */
function isSameFile(model: FileModel, path: string, sizeBytes: number): boolean {
  const sameName = basename(model.source.path).toLowerCase() === basename(path).toLowerCase();
  return sameName && Math.abs(model.sizeBytes - sizeBytes) < sizeBytes / 20;
}
