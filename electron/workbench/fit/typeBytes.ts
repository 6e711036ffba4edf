import { tensorTypes } from "../../contract/tensorTypes.ts";

const bits: ReadonlyMap<string, number> = new Map(
  Object.values(tensorTypes).map(({ name, blockBytes, blockWeights }) => [name, (blockBytes * 8) / blockWeights]),
);

/** Returns the bits per weight of a tensor type, or null if there is no such type. */
export const typeBits = (typeName: string): number | null => bits.get(typeName) ?? null;

/** Returns the number of bytes of this many weights. Throws for a type that does not exist. */
export function typeBytes(typeName: string, weights: number): number {
  const perWeight = typeBits(typeName);
  if (perWeight === null) throw new Error(`There is no tensor type ${typeName}.`);
  return (weights * perWeight) / 8;
}
