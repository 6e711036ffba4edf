import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { DoctorCheck, Finding } from "../../contract/doctor.ts";
import { measureDiskReads } from "../hardware/measureDiskReads.ts";
import { diskSpace, usualReserveBytes } from "../models/diskSpace.ts";
import { findModelFiles, sizeBytesOf } from "../models/modelFiles.ts";
import { finding } from "./DoctorOptions.ts";

/** Examines the disks of the home and of the models, and how fast the latter is. */
export async function checkDisk(home: string): Promise<DoctorCheck[]> {
  const models = join(home, "models");
  const isShared = (await deviceOf(models)) === (await deviceOf(home));
  const speed = await readSpeed(models);
  const folders = isShared ? [home] : [home, models];
  return await Promise.all(
    folders.map(async (folder) => {
      const { freeBytes: free, totalBytes: total } = await diskSpace(folder);
      const isMeasured = speed !== null && (isShared || folder === models);
      const found: Finding =
        free < usualReserveBytes
          ? { code: "diskFull", facts: { free, total } }
          : isMeasured
            ? { code: "diskMeasured", facts: { free, total, speed } }
            : { code: "diskGood", facts: { free, total } };
      return finding("disk", free >= usualReserveBytes, found);
    }),
  );
}

/** Resolves with the bytes per second of reading the largest model, or null if none is large enough. */
async function readSpeed(models: string): Promise<number | null> {
  const files = await findModelFiles(models);
  const sizes = await Promise.all(files.map(async (file) => ({ file, sizeBytes: await sizeBytesOf(file) })));
  const [largest] = sizes.toSorted((one, other) => other.sizeBytes - one.sizeBytes);
  return largest === undefined ? null : await measureDiskReads(largest.file.path).catch(() => null);
}

/** A folder that is not there yet will be on the disk of its parent, the home. */
const deviceOf = (folder: string): Promise<number | null> =>
  stat(folder).then(
    ({ dev }) => dev,
    async () => (folder.endsWith("models") ? await deviceOf(join(folder, "..")) : null),
  );
