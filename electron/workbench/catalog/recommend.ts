import type { Catalog, CatalogModel, CatalogVariant, RecommendationReason } from "../../contract/catalog.ts";
import { quickEnough } from "../fit/takeQuantization.ts";

export interface Machine {
  memoryBytes: number;
  /** Logical ones. */
  cores: number;
  /** Models run on a graphics card. */
  hasGpu: boolean;
}

interface Choice {
  model: CatalogModel;
  variant: CatalogVariant;
}

/**
 * For a machine whose speed was not measured: weights that a CPU reads again for every token: with usual memory (20 to 60 GB/s) about five tokens a second or
 * more, the least at which a long thought can be waited for.
 */
const mostActiveBytes = { fewCores: 1.5e9, manyCores: 6e9 };
const fewCores = 3;

/**
 * The variant to begin with: of the largest model that fits with room for a long thought and is quick enough, else of
 * the fastest that fits, else of the smallest. The reason says nothing that a row of the table contradicts. Models come
 * smallest first.
 * @param speedOf the speed that a row shows, measured or predicted; null: not known
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
  /** The preferred one of the model's, of those that there are to choose from. */
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

/** Where none has room for a long thought: the smallest file of the smallest model. */
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

/** Balanced before small; the large ones gain little for their size. */
function bySize({ variants }: CatalogModel): CatalogVariant[] {
  const of = (wanted: CatalogVariant["size"]) => variants.filter(({ size }) => size === wanted);
  return [...of("balanced"), ...of("small"), ...of("large")];
}

const activeBytes = ({ parameters, activeParameters }: CatalogModel, { sizeBytes }: CatalogVariant): number =>
  (sizeBytes * activeParameters) / parameters;
