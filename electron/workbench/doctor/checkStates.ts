import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { hashFile } from "../downloads/hashFile.ts";
import { readStateNote } from "../engines/KeptStates.ts";
import { type DoctorOptions, finding } from "./DoctorOptions.ts";

const kept = /^([0-9a-f]{32})\.bin$/;

/** Examines whether what models have read of chats is as long as its notes say, and, if asked for, has its hash. */
export async function checkStates({
  home,
  hashWorker,
  isDeep,
  signal,
}: Pick<DoctorOptions, "home" | "hashWorker" | "isDeep" | "signal">): Promise<DoctorCheck> {
  const folder = join(home, "state");
  const names = (await readdir(folder).catch(() => [])).flatMap((file) => kept.exec(file)?.[1] ?? []);
  let size = 0;
  let damaged = 0;
  for (const name of names) {
    signal.throwIfAborted();
    const path = join(folder, `${name}.bin`);
    const found = await lstat(path).catch(() => null);
    // It is being replaced or deleted.
    if (found === null) continue;
    const note = await readStateNote(folder, name);
    size += found.size;
    const isWhole = found.isFile() && note?.sizeBytes === found.size;
    if (!isWhole || (isDeep && (await hashFile(path, signal, { hashWorker }).catch(() => "")) !== note.sha256))
      damaged++;
  }
  if (damaged > 0) return finding("states", false, { code: "statesDamaged", facts: { count: damaged } });
  if (names.length === 0) return finding("states", true, { code: "statesNone" });
  return finding("states", true, { code: "statesGood", facts: { count: names.length, size } });
}
