import type { MatrixGroup } from "../../contract/models.ts";
import type { MachineCosts, TypeCost } from "./MachineCosts.ts";
import { typeBits } from "./typeBytes.ts";

export interface EstimatedCost extends TypeCost {
  /** Standard deviation of the logarithm that is added for want of a measurement; 0: it was measured. */
  error: number;
}

/** Types that are unpacked in a like way cost a like time for a weight, whatever its bits. */
const families: readonly RegExp[] = [/^Q\d_K$/, /^I?Q\d_(0|1|NL)$|^(MX|NV)FP4$|^IQ4_XS$/, /^IQ|^TQ/, /^B?F\d+$/];

/** Deviations between measured neighbours, on the machines at hand: docs/prediction.md. */
const sameFamilyError = 0.2;
const otherFamilyError = 0.35;

/**
 * What a group's type costs: measured, or per weight as the measured type of its family with the nearest number of bits,
 * else as any with the nearest. Fails when nothing was measured.
 */
export function costOfType(
  costs: MachineCosts,
  { typeName, weights, sizeBytes }: Pick<MatrixGroup, "typeName" | "weights" | "sizeBytes">,
): EstimatedCost {
  const measured = typeName === null ? undefined : costs.types[typeName];
  if (measured !== undefined) return { ...measured, error: 0 };
  const bits = (sizeBytes * 8) / weights;
  const family = families.find((names) => typeName !== null && names.test(typeName));
  const known = Object.entries(costs.types).map(([name, cost]) => ({ name, cost, bits: typeBits(name) ?? bits }));
  const near = known.toSorted((one, other) => Math.abs(one.bits - bits) - Math.abs(other.bits - bits));
  const relative = near.find(({ name }) => family?.test(name) === true);
  const chosen = relative ?? near[0];
  if (chosen === undefined) throw new Error("No tensor type was measured.");
  return {
    // Per weight, as it takes as long to unpack; and no byte comes faster than it does there.
    generateSecondsPerByte: chosen.cost.generateSecondsPerByte * Math.max(1, chosen.bits / bits),
    readSecondsPerWeight: chosen.cost.readSecondsPerWeight,
    error: relative === undefined ? otherFamilyError : sameFamilyError,
  };
}
