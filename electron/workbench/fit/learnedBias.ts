/** The deviation of a measurement from its prediction. */
export interface ObservedBias {
  /** The model's key. */
  key: string;
  kind: "generation" | "reading";
  /** Logarithm of measured divided by predicted speed. */
  bias: number;
  /** Standard deviation of the measurement's logarithm. */
  error: number;
}

/** Standard deviations of the logarithm: of the bias that all models on a machine share, and of each model's own. */
const commonError = 0.08;
const ownError = 0.07;

/**
 * Returns the expected bias of a model's prediction, as a logarithm, and its uncertainty. Uses two normal priors: one
 * bias of the machine and one of each model. Measurements of the same kind are weighted by their errors. `ownExtra` is
 * additional uncertainty of this model's prediction, which disappears once the model itself was measured. `commonExtra`
 * is additional uncertainty of all predictions on this machine, which disappears with any measurement.
 */
export function learnedBias(
  observed: readonly ObservedBias[],
  key: string,
  kind: ObservedBias["kind"],
  ownExtra: number,
  commonExtra = 0,
): { bias: number; error: number } {
  const sameKind = observed.filter((each) => each.kind === kind);
  let common = normal(0, commonError ** 2 + commonExtra ** 2);
  for (const model of new Set(sameKind.map((each) => each.key))) {
    if (model === key) continue;
    const { mean, variance } = combined(sameKind.filter((each) => each.key === model));
    common = product(common, normal(mean, variance + ownError ** 2));
  }
  const prior = normal(common.mean, common.variance + ownError ** 2 + ownExtra ** 2);
  const own = sameKind.filter((each) => each.key === key);
  const { mean, variance } = own.length === 0 ? prior : product(prior, combined(own));
  return { bias: mean, error: Math.sqrt(variance) };
}

interface Normal {
  mean: number;
  variance: number;
}

const normal = (mean: number, variance: number): Normal => ({ mean, variance });

/** Returns the product of two independent estimates of one number. */
function product(one: Normal, other: Normal): Normal {
  const weight = 1 / one.variance + 1 / other.variance;
  return normal((one.mean / one.variance + other.mean / other.variance) / weight, 1 / weight);
}

function combined([first, ...rest]: readonly ObservedBias[]): Normal {
  if (first === undefined) throw new Error("There is no measurement to combine.");
  return rest.reduce(
    (sum, { bias, error }) => product(sum, normal(bias, error ** 2)),
    normal(first.bias, first.error ** 2),
  );
}
