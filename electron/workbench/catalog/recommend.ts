import type { Catalog, CatalogModel, CatalogVariant } from "../../contract/catalog.ts";
import { quickEnough } from "../fit/takeQuantization.ts";
import { bytesText } from "../models/bytesText.ts";

export interface Machine {
  memoryBytes: number;
  /** Logical ones. */
  cores: number;
  /** Models run on a graphics card. */
  hasGpu: boolean;
}

/**
 * For a machine whose speed was not measured: weights that a CPU reads again for every token: with usual memory (20 to 60 GB/s) about five tokens a second or
 * more, the least at which a long thought can be waited for.
 */
const mostActiveBytes = { fewCores: 1.5e9, manyCores: 6e9 };
const fewCores = 3;

/**
 * The variant to begin with: of the largest model that fits with room for a long thought and is quick enough, by its
 * predicted speed where there is one, the balanced size, else the small one. Models come smallest first.
 */
export function recommend(models: readonly CatalogModel[], machine: Machine): Catalog["recommended"] {
  const { memoryBytes, cores, hasGpu } = machine;
  const few = cores <= fewCores;
  const limit = hasGpu ? Number.POSITIVE_INFINITY : few ? mostActiveBytes.fewCores : mostActiveBytes.manyCores;
  const fitting = models.toReversed().flatMap((model) => choices(model).map((variant) => ({ model, variant })));
  const fits = fitting.filter(({ variant }) => variant.verdict === "fits");
  const quick = fits.find(({ model, variant }) =>
    variant.speed === null ? activeBytes(model, variant) <= limit : variant.speed.generation.value >= quickEnough,
  );
  if (quick !== undefined) {
    const isCapped = quick !== fits[0];
    const reason = isCapped
      ? few
        ? `Quick enough on ${cores} cores`
        : hasGpu
          ? "Quick enough on this machine"
          : "Quick enough without a GPU"
      : `Best that fits ${bytesText(memoryBytes)}`;
    return { variantId: quick.variant.id, reason };
  }
  const smallest = fitting.findLast(({ variant }) => variant.verdict !== "no");
  if (smallest === undefined) return null;
  return { variantId: smallest.variant.id, reason: "The only one that fits" };
}

/** Balanced before small; the large ones gain little for their size. */
function choices({ variants }: CatalogModel): CatalogVariant[] {
  const bySize = (wanted: CatalogVariant["size"]) => variants.filter(({ size }) => size === wanted);
  return [...bySize("balanced"), ...bySize("small")];
}

const activeBytes = ({ parameters, activeParameters }: CatalogModel, { sizeBytes }: CatalogVariant): number =>
  (sizeBytes * activeParameters) / parameters;
