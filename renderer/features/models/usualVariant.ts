import type { CatalogVariant } from "../../../electron/contract/catalog.ts";

/**
 * Returns the recommended variant, else the balanced one if it fits, else the first that fits, else the smallest.
 * Undefined if there is none.
 */
export function usualVariant(
  variants: readonly CatalogVariant[],
  recommendedId: string | undefined,
): CatalogVariant | undefined {
  const balanced = variants.find(({ size }) => size === "balanced");
  return (
    variants.find(({ id }) => id === recommendedId) ??
    (balanced?.verdict === "no" ? undefined : balanced) ??
    variants.find(({ verdict }) => verdict !== "no") ??
    variants[0]
  );
}
