import type { HubFile } from "../../contract/downloads.ts";
import { modelNameOf, withoutQuantization } from "../hub/hubPaths.ts";
import { type CatalogEntry, readCatalogFile } from "./catalogFile.ts";

/**
 * Resolves with the name of the model that a file of the hub is, in whatever quantization, or null if the catalogue does
 * not have it.
 */
export type CatalogNames = (file: Pick<HubFile, "repo" | "path">) => Promise<string | null>;

/** Returns the names of the catalogue's files. A catalogue that cannot be read is reported where it is shown. */
export function catalogNames(catalogFile: string): CatalogNames {
  let opened: Promise<CatalogEntry[]> | null = null;
  return async ({ repo, path }) => {
    const entries = await (opened ??= readCatalogFile(catalogFile).catch(() => []));
    const stem = stemOf(path);
    const isOf = (entry: CatalogEntry): boolean =>
      entry.repo === repo && entry.variants.some((variant) => stemOf(variant.path) === stem);
    return entries.find(isOf)?.name ?? null;
  };
}

const stemOf = (path: string): string => withoutQuantization(modelNameOf(path));
