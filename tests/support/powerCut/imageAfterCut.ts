import { readFileSync } from "node:fs";

/** A call that `recordWrites.c` has written down. */
export interface RecordedCall {
  what: string;
  path: string;
  at: number;
  bytes: Buffer;
}

const sectorBytes = 512;

/** Returns what a process did, in order. */
export function readRecord(path: string): RecordedCall[] {
  const record = readFileSync(path);
  const calls: RecordedCall[] = [];
  const withBytes = ["write", "said", "rename"];
  for (let place = 0; place < record.length; ) {
    const end = record.indexOf("\n", place);
    const [what = "", file = "", at = "0", length = "0"] = record.toString("utf8", place, end).split("\t");
    const size = withBytes.includes(what) ? Number(length) : 0;
    calls.push({ what, path: file, at: Number(at), bytes: record.subarray(end + 1, end + 1 + size) });
    place = end + 1 + size;
  }
  return calls;
}

interface DiskFile {
  /** What is on the disk for certain. */
  synced: Buffer;
  /** What was written since. */
  pending: RecordedCall[];
}

/**
 * Returns what a disk has, by path, if the power fails after so many calls: what was synced, and of what was written since
 * some writes, whole, torn or in another order. Files are created, renamed and removed at once, so that a missing sync of a
 * folder is not found. The shared-memory index is not kept.
 */
export function imageAfterCut(
  calls: readonly RecordedCall[],
  count: number,
  random: () => number,
): Map<string, Buffer> {
  const files = new Map<string, DiskFile>();
  const fileAt = (path: string): DiskFile => {
    const file = files.get(path) ?? { synced: Buffer.alloc(0), pending: [] };
    files.set(path, file);
    return file;
  };
  for (const call of calls.slice(0, count)) {
    if (call.what === "said") continue;
    const file = fileAt(call.path);
    if (call.what === "rename") {
      files.delete(call.path);
      files.set(call.bytes.toString("utf8"), file);
    } else if (call.what === "remove") files.delete(call.path);
    else if (call.what === "sync") {
      file.synced = file.pending.reduce(applied, file.synced);
      file.pending = [];
    } else if (call.what !== "open") file.pending.push(call);
  }
  // Sometimes everything arrived, sometimes nothing, and mostly something.
  const luck = random();
  const share = luck < 0.15 ? 1 : luck < 0.3 ? 0 : random();
  const image = new Map<string, Buffer>();
  for (const [path, { synced, pending }] of files) {
    if (path.endsWith("-shm")) continue;
    const arrived = pending.flatMap((call) => {
      if (random() < share) return [call];
      return share > 0 && call.what === "write" && random() < 0.5 ? tornWrites(call, random) : [];
    });
    image.set(path, arrived.reduce(applied, synced));
  }
  return image;
}

/** Returns a file after a call. It may be the same buffer, changed. */
function applied(before: Buffer, { what, at, bytes }: RecordedCall): Buffer {
  if (what === "empty") return Buffer.alloc(0);
  const length = what === "resize" ? at : Math.max(before.length, at + bytes.length);
  const after = length === before.length ? before : Buffer.concat([before], length);
  if (what === "write") bytes.copy(after, at);
  return after;
}

/** Returns some of the sectors of a write. */
function tornWrites(call: RecordedCall, random: () => number): RecordedCall[] {
  const sectors: RecordedCall[] = [];
  for (let from = 0; from < call.bytes.length; from += sectorBytes) {
    const bytes = call.bytes.subarray(from, from + sectorBytes);
    if (random() < 0.5) sectors.push({ ...call, at: call.at + from, bytes });
  }
  return sectors;
}
