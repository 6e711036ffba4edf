import type { PageRange } from "../contract/documents.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { parsePages } from "../contract/parsePages.ts";

/** Reads the pages of `--pages`. Throws `usage`. */
export function pageRanges(given: string): PageRange[] {
  const ranges = parsePages(given);
  if (ranges === null) throw new WorkbenchError("usage", { case: "pages", option: "--pages", given });
  return ranges;
}
