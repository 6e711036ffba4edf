import type { Catalog, CatalogModel, CatalogVariant, RecommendationReason } from "../../contract/catalog.ts";
import { quickEnough } from "../fit/takeQuantization.ts";

export interface Machine {
  memoryBytes: number;
  /** Number of logical cores. */
  cores: number;
  /** True if models run on a graphics card. */
  hasGpu: boolean;
}

interface Choice {
  model: CatalogModel;
  variant: CatalogVariant;
}

/**
 * For machines whose speed has not been measured: bytes of weights that a CPU can read for every token and still
 * generate about five tokens per second with usual memory (20 to 60 GB/s), the minimum at which waiting for a long
 * thought is bearable.
 */
const mostActiveBytes = { fewCores: 1.5e9, manyCores: 6e9 };
const fewCores = 3;

/**
 * Returns the recommended variant: of the largest model that fits with room for a long thought and is fast enough, else
 * of the fastest that fits, else of the smallest. The reason never contradicts a row of the table. Models are sorted
 * smallest first.
 *
 * @param speedOf the speed that a row shows, measured or predicted, or null if not known
 */
export function recommend(
  models: readonly CatalogModel[],
  machine: Machine,
  speedOf: (variant: CatalogVariant) => number | null,
): Catalog["recommended"] {
  const possible = models.filter(({ variants }) => variants.some(({ verdict }) => verdict !== "no"));
  const fitting = models.flatMap((model) =>
    bySize(model).flatMap((variant): Choice[] => (variant.verdict === "fits" ? [{ model, variant }] : [])),
  );
  const [smallest] = fitting;
  const largest = fitting.at(-1);
  if (smallest === undefined || largest === undefined) return withShortContext(possible);
  const advise = ({ variant }: Choice, reason: RecommendationReason): Catalog["recommended"] => ({
    variantId: variant.id,
    reason: possible.length === 1 ? { code: "onlyOne" } : reason,
  });
  /** Returns the preferred variant of the model among the choices. */
  const ofModel = ({ model }: Choice, choices: readonly Choice[]): Choice =>
    choices.find((choice) => choice.model === model) ?? smallest;

  const quick = fitting.filter((choice) => isQuick(choice, machine, speedOf(choice.variant)));
  const largestQuick = quick.at(-1);
  if (largestQuick !== undefined) {
    const chosen = ofModel(largestQuick, quick);
    if (chosen.model === largest.model) return advise(chosen, { code: "largest" });
    const isKnown = speedOf(chosen.variant) !== null;
    return advise(chosen, isKnown ? { code: "largestQuick", facts: { least: quickEnough } } : likelyQuick(machine));
  }
  const speeds = fitting.map(({ variant }) => speedOf(variant) ?? Number.NaN);
  const fastest = fitting[speeds.indexOf(Math.max(...speeds))];
  if (fastest === undefined) return advise(smallest, { code: "smallest" });
  return advise(ofModel(fastest, fitting), { code: "fastest" });
}

/** If none has room for a long thought, returns the smallest file of the smallest model. */
function withShortContext([model]: readonly CatalogModel[]): Catalog["recommended"] {
  const fitting = model?.variants.filter(({ verdict }) => verdict !== "no") ?? [];
  const [variant] = fitting.toSorted((one, other) => one.sizeBytes - other.sizeBytes);
  return variant === undefined ? null : { variantId: variant.id, reason: { code: "shortContext" } };
}

function isQuick({ model, variant }: Choice, { cores, hasGpu }: Machine, speed: number | null): boolean {
  if (speed !== null) return speed >= quickEnough;
  return hasGpu || activeBytes(model, variant) <= mostActiveBytes[cores <= fewCores ? "fewCores" : "manyCores"];
}

function likelyQuick({ cores }: Machine): RecommendationReason {
  return cores > fewCores ? { code: "likelyQuick" } : { code: "likelyQuickOn", facts: { count: cores } };
}

/** Sorts balanced before small. The finer and large ones gain little for their size. */
function bySize({ variants }: CatalogModel): CatalogVariant[] {
  const of = (wanted: CatalogVariant["size"]) => variants.filter(({ size }) => size === wanted);
  return [...of("balanced"), ...of("small"), ...of("finer"), ...of("large")];
}

const activeBytes = ({ parameters, activeParameters }: CatalogModel, { sizeBytes }: CatalogVariant): number =>
  (sizeBytes * activeParameters) / parameters;
