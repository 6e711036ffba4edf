import { join, sep } from "node:path";
import { type DiskEntry, type DiskFile, type DiskKind, diskKinds, erasableKinds } from "../../contract/disk.ts";
import { currentFolder } from "../folder/folderPlaces.ts";
import { readableParts } from "../home/homeParts.ts";
import { walkFiles } from "./walkFiles.ts";

const mostShown = 100;

/** Resolves with what is kept in the home and in the models folder, by kind. Never rejects. */
export async function listDisk(home: string): Promise<DiskEntry[]> {
  const places = new Map<string, { kind: DiskKind; place: string; isOutside: boolean; files: DiskFile[] }>();
  const add = (kind: DiskKind, place: string, isOutside: boolean, files: DiskFile[]): void => {
    if (files.length > 0) places.set(`${kind} ${place}`, { kind, place, isOutside, files });
  };
  const addModels = (folder: string, isOutside: boolean, files: DiskFile[]): void => {
    const downloads = join(folder, ".downloads");
    const isPartial = ({ path }: DiskFile): boolean => path.startsWith(downloads + sep);
    add(
      "models",
      folder,
      isOutside,
      files.filter((file) => !isPartial(file)),
    );
    add("downloads", downloads, isOutside, files.filter(isPartial));
  };
  const parts = readableParts(home).toSorted((one, other) => one.path.localeCompare(other.path, "en"));
  for (const { kind, path } of parts) {
    const files = await walkFiles(path);
    if (kind === "models") addModels(path, false, files);
    else add(kind, path, false, files);
  }
  const models = await currentFolder(home);
  if (models.kind === "linked") addModels(models.path, true, await walkFiles(models.path));

  return diskKinds.flatMap((kind): DiskEntry[] => {
    // A kind may be in the home and outside it.
    return [false, true].flatMap((isOutside) => {
      const own = [...places.values()].filter((place) => place.kind === kind && place.isOutside === isOutside);
      const files = own.flatMap((place) => place.files);
      if (files.length === 0) return [];
      const largest = files.toSorted((one, other) => other.sizeBytes - one.sizeBytes).slice(0, mostShown);
      return [
        {
          kind,
          erasable: erasableKinds.find((each) => each === kind && !isOutside) ?? null,
          places: own.map(({ place }) => place),
          isOutside,
          sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          count: files.length,
          files: largest,
        },
      ];
    });
  });
}
