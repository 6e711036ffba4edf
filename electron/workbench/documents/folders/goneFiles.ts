import type { ListedDocuments } from "./listDocuments.ts";

/** Returns those of these places that are gone: they would have been listed, and were not. */
export function goneFiles(known: readonly string[], { files, unseen, leftOut }: ListedDocuments): string[] {
  if (leftOut.isCut) return [];
  const there = new Set([...files.map(({ place }) => place), ...unseen]);
  return known.filter((place) => {
    for (let end = place.indexOf("/"); end !== -1; end = place.indexOf("/", end + 1)) {
      if (there.has(place.slice(0, end))) return false;
    }
    return !there.has(place);
  });
}
