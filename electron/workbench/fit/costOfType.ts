import type { MatrixGroup } from "../../contract/models.ts";
import type { MachineCosts, TypeCost } from "./MachineCosts.ts";
import { typeBits } from "./typeBytes.ts";

export interface EstimatedCost extends TypeCost {
  /** Standard deviation of the logarithm that is added for a missing measurement. 0 if the type was measured. */
  error: number;
}

/**
 * Families of types that are unpacked in a similar way and take a similar time per weight, whatever their number of
 * bits.
 */
const families: readonly RegExp[] = [/^Q\d_K$/, /^I?Q\d_(0|1|NL)$|^(MX|NV)FP4$|^IQ4_XS$/, /^IQ|^TQ/, /^B?F\d+$/];

/** Standard deviations between measured types on the machines that we have: docs/prediction.md. */
const sameFamilyError = 0.2;
const otherFamilyError = 0.35;

/**
 * Returns the cost of a tensor type: measured, or per weight like the measured type with the closest number of bits of
 * its family, or of any family if there is none. What the processor repacks is multiplied in another way, whatever its
 * family, and is compared with other repacked types first. Throws if nothing was measured.
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
  const isRepacked = (name: string | null): boolean => name !== null && costs.repacked?.includes(name) === true;
  const isRelative = (name: string): boolean => family?.test(name) === true;
  const likewise = near.filter(({ name }) => isRepacked(name) === isRepacked(typeName));
  const relative =
    likewise.find(({ name }) => isRelative(name)) ??
    (isRepacked(typeName) ? likewise[0] : undefined) ??
    near.find(({ name }) => isRelative(name));
  const chosen = relative ?? near[0];
  if (chosen === undefined) throw new Error("No tensor type was measured.");
  return {
    // Scaled per weight, because unpacking takes as long, but never below the measured time per byte.
    generateSecondsPerByte: chosen.cost.generateSecondsPerByte * Math.max(1, chosen.bits / bits),
    readSecondsPerWeight: chosen.cost.readSecondsPerWeight,
    error: relative === undefined ? otherFamilyError : sameFamilyError,
  };
}
