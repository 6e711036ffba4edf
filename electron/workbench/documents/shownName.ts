import { basename } from "node:path";

const mostNameChars = 255;

/** Returns the last part of a path as a name: one line, whatever characters the file system allows. */
export const shownName = (path: string): string =>
  basename(path)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, mostNameChars)
    .trim() || "?";
