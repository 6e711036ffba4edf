import type { PageVersion } from "../../stores/pages/pageVersions.ts";

/** Returns the name of a page: its first file's. */
export const pageName = ({ page }: PageVersion): string => page.files[0]?.name ?? "";

/** Returns how many lines the files of a page have together. */
export const pageLines = ({ page }: PageVersion): number =>
  page.files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
