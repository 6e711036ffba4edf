import { WorkbenchError } from "../contract/errors.ts";

/** Pages from `first` to `last`, both included, counted from 1. */
export interface PageRange {
  first: number;
  last: number;
}

/** Reads pages as print dialogs take them: `3`, `1-5` or `1-5,8`. Throws `usage`. */
export function pageRanges(given: string): PageRange[] {
  return given.split(",").map((part) => {
    const [, from = "", to = from] = /^\s*(\d{1,7})\s*(?:-\s*(\d{1,7})\s*)?$/.exec(part) ?? [];
    const range = { first: Number(from), last: Number(to) };
    if (from === "" || range.first < 1 || range.last < range.first) {
      throw new WorkbenchError("usage", { case: "pages", option: "--pages", given });
    }
    return range;
  });
}
