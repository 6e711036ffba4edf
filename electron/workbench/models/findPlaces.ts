import { join } from "node:path";
import type { ModelOwner } from "../../contract/models.ts";
import type { Settings } from "../../contract/settings.ts";
import { type FoundModelFile, findModelFiles, modelFileAt, type ModelFile, realPathOf } from "./modelFiles.ts";

/** A model file of the library, and whose it is. */
export interface Place extends ModelFile {
  /** The path with all links resolved. */
  real: string;
  owner: ModelOwner;
  /** Its name in another app. Null if there is none. */
  name: string | null;
}

/** Resolves with the model files that the library lists, each file once, whatever links lead to it. */
export async function findPlaces(
  builtInFolder: string,
  home: string,
  { linkedModels, adoptedModels }: Pick<Settings, "linkedModels" | "adoptedModels">,
): Promise<Place[]> {
  const at = async (path: string) => ({ ...(await modelFileAt(path)), real: await realPathOf(path) });
  const [builtIn, own, linked, adopted] = await Promise.all([
    findModelFiles(builtInFolder),
    findModelFiles(join(home, "models")),
    Promise.all(linkedModels.map(at)),
    Promise.all(adoptedModels.map(async ({ path, name, owner }) => ({ ...(await at(path)), name, owner }))),
  ]);
  // The target of a link in the models folder belongs to someone else, so the app must not delete it.
  const found = (owner: ModelOwner) => (file: FoundModelFile) => ({
    ...file,
    owner: file.isLinked ? ("linked" as const) : owner,
    name: null,
  });
  const all: Place[] = [
    ...builtIn.map(found("app")),
    ...own.map(found("downloads")),
    ...linked.map((file) => ({ ...file, owner: "linked" as const, name: null })),
    ...adopted,
  ];
  return [...new Map(all.toReversed().map((place) => [place.real, place])).values()].toReversed();
}
