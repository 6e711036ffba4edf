import { isFile, pathOf } from "../../electron/contract/modelKinds.ts";
import type { CatalogModel, CatalogVariant, RecommendationReason } from "../../electron/contract/catalog.ts";
import type { Download } from "../../electron/contract/downloads.ts";
import type { Problem } from "../../electron/contract/errors.ts";
import type { Model } from "../../electron/contract/models.ts";
import { isDownloadOf } from "./isDownloadOf.ts";
import { useCatalog, useDownloads, useModels } from "./useStores.ts";

interface Recommended {
  model: CatalogModel;
  variant: CatalogVariant;
  /** Null if another variant was chosen or is here already. */
  reason: RecommendationReason | null;
}

/** What to do for a model that does real work. */
export type Recommendation =
  | { state: "loading" }
  | { state: "failed"; problem: Problem }
  /** No model of the family fits this machine. */
  | { state: "none" }
  | ({ state: "offered" } & Recommended)
  | ({ state: "downloading"; download: Download } & Recommended)
  /** Downloaded, and not in the list of models yet. */
  | ({ state: "arriving"; verified: boolean } & Recommended)
  | ({ state: "ready"; installed: Model } & Recommended)
  /** Another model that is on this machine already, and not the demo model. */
  | { state: "own"; installed: Model };

/** Returns whether a model is this variant: the catalogue recognizes it, or its download has just ended. */
function isFileOf(model: Model, variant: CatalogVariant, downloads: readonly Download[]): boolean {
  return (
    model.id === variant.installedModelId ||
    downloads.some(
      (download) =>
        isDownloadOf(download, variant) && download.status.state === "done" && download.status.path === pathOf(model),
    )
  );
}

/**
 * Returns the model for this machine: the one of the family that is being downloaded, so that a new recommendation does
 * not replace it meanwhile; else one of the family that is here already, the recommended one first; else another model
 * that is here; else the recommended one.
 */
export function useRecommendation(): Recommendation {
  const catalog = useCatalog((state) => state.catalog);
  const downloads = useDownloads((state) => state.list);
  const list = useModels((state) => state.list);
  const loaded = useModels((state) => state.loaded);
  if (catalog.state === "failed") return catalog;
  if (catalog.state === "loading" || list.state === "loading") return { state: "loading" };
  const installed = list.state === "ready" ? list.value.filter(isFile) : [];
  const { models, recommended } = catalog.value;
  const all = models.flatMap((model) =>
    model.variants.map(
      (variant): Recommended => ({
        model,
        variant,
        reason: variant.id === recommended?.variantId ? recommended.reason : null,
      }),
    ),
  );
  const preferred = [...all.filter(({ reason }) => reason !== null), ...all.filter(({ reason }) => reason === null)];
  for (const each of preferred) {
    const download = downloads.find((one) => isDownloadOf(one, each.variant));
    if (download !== undefined && download.status.state !== "done") return { state: "downloading", download, ...each };
  }
  for (const each of [...preferred.slice(0, 1), ...preferred.toReversed()]) {
    const here = installed.find((model) => isFileOf(model, each.variant, downloads));
    if (here?.problems.length === 0) return { state: "ready", installed: here, ...each };
  }
  for (const each of preferred) {
    const status = downloads.find((one) => isDownloadOf(one, each.variant))?.status;
    if (status?.state !== "done" || installed.some((model) => pathOf(model) === status.path)) continue;
    return { state: "arriving", verified: status.verified, ...each };
  }
  const others = installed.filter(({ builtIn, problems }) => !builtIn && problems.length === 0);
  const rank = ({ id, lastUsedAt }: Model): number =>
    loaded.state === "ready" && loaded.modelId === id ? Infinity : (lastUsedAt ?? 0);
  const [own] = others.toSorted((one, other) => (rank(one) < rank(other) ? 1 : rank(one) > rank(other) ? -1 : 0));
  if (own !== undefined) return { state: "own", installed: own };
  const [first] = preferred;
  return first === undefined || first.reason === null ? { state: "none" } : { state: "offered", ...first };
}
