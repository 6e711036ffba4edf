import { basename, parse, type PlatformPath } from "node:path";

const mostNameChars = 255;

/** How paths are written here: `node:path`. */
type Ways = Pick<PlatformPath, "basename" | "parse">;

/** Returns `D:` for `D:\\`, and `/` for itself. */
function nameOrRoot(path: string, { basename: nameOf, parse: partsOf }: Ways): string {
  const { root } = partsOf(path);
  return nameOf(path) || root.replace(/(?<=[^\\/])[\\/]+$/, "");
}

/** Returns the last part of a path, or the root that it is, as a name: one line, whatever characters the file system allows. */
export const shownName = (path: string, ways: Ways = { basename, parse }): string =>
  nameOrRoot(path, ways)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, mostNameChars)
    .trim() || "?";
