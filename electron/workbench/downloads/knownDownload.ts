import { relative, sep } from "node:path";
import type { CatalogNames } from "../catalog/catalogNames.ts";
import { modelNameOf, withoutQuantization } from "../hub/hubPaths.ts";
import { downloadedFile } from "./VerifiedFiles.ts";

/** What is known about a model file that was downloaded here and has not been changed since. */
export interface KnownDownload {
  /** Whether the hub stated a hash and the file was compared with it. */
  verified: boolean;
  /** The name that it was offered and downloaded under: the catalogue's, or else the file's. */
  name: string;
}

interface Options {
  modelsFolder: string;
  nameOf: CatalogNames;
}

/** Resolves with null if the file was not downloaded here, or may be another one by now. */
export async function knownDownload({ modelsFolder, nameOf }: Options, path: string): Promise<KnownDownload | null> {
  const file = await downloadedFile(modelsFolder, path);
  if (file?.isUntouched !== true) return null;
  // `targetPath` puts a file below its repository.
  const [owner = "", repo = "", ...rest] = relative(modelsFolder, path).split(sep);
  const source = { repo: `${owner}/${repo}`, path: rest.join("/") };
  return { verified: file.verified, name: (await nameOf(source)) ?? withoutQuantization(modelNameOf(source.path)) };
}
