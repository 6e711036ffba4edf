import type { DocumentUnit, PageRange } from "../../contract/documents.ts";
import { WorkbenchError } from "../../contract/errors.ts";

/**
 * Returns the numbers of the chosen parts of a document, in order and each once; null stands for all of them. Throws
 * `pages-not-there`.
 */
export function chosenParts(
  { name, unit, parts }: { name: string; unit: DocumentUnit | null; parts: number },
  pages: readonly PageRange[] | null,
): number[] {
  if (pages === null) return Array.from({ length: parts }, (_, index) => index + 1);
  if (unit === null) throw new WorkbenchError("pages-not-there", { name, case: "none" });
  const chosen = new Set<number>();
  for (const { first, last } of pages) {
    if (last > parts) throw new WorkbenchError("pages-not-there", { name, case: unit, last: parts });
    for (let number = first; number <= last; number += 1) chosen.add(number);
  }
  return [...chosen].sort((one, other) => one - other);
}
