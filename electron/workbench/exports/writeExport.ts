import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { diskSpace } from "../models/diskSpace.ts";
import { systemCode } from "../systemCode.ts";

const bufferBytes = 1_000_000;

/**
 * Writes a file that the user chose: under another name beside it, which becomes the chosen name when all is on the
 * disk. What the file held before stays until then, and if it fails. Returns its size in bytes. Rejects with `disk-full`,
 * `file-not-saved`, or the signal's reason. `mode` is that of the file; null: as the system makes new files.
 */
export async function writeExport(
  path: string,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  signal: AbortSignal,
  { expectedBytes, mode }: { expectedBytes: number; mode: number | null },
): Promise<number> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path).slice(0, 60)}.${randomUUID()}.tmp`);
  let file: FileHandle | null = null;
  try {
    // Not known for some network folders.
    const space = await diskSpace(folder).catch(() => null);
    if (space !== null && space.freeBytes < expectedBytes) throw new WorkbenchError("disk-full");
    file = await open(temporary, "wx", 0o666);
    if (mode !== null) await file.chmod(mode);
    const sizeBytes = await writeAll(file, content, signal);
    await file.sync();
    await file.close();
    file = null;
    signal.throwIfAborted();
    await rename(temporary, path);
    await syncFolder(folder).catch(() => undefined);
    return sizeBytes;
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof WorkbenchError || signal.aborted) throw error;
    if (["ENOSPC", "EDQUOT"].includes(systemCode(error))) throw new WorkbenchError("disk-full");
    if (systemCode(error) === "") throw error;
    throw new WorkbenchError("file-not-saved", undefined, error instanceof Error ? error.message : String(error));
  }
}

async function writeAll(
  file: FileHandle,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let sizeBytes = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    await file.appendFile(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
    signal.throwIfAborted();
  };
  for await (const piece of content) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    waitingBytes += bytes.byteLength;
    sizeBytes += bytes.byteLength;
    if (waitingBytes >= bufferBytes) await flush();
  }
  await flush();
  return sizeBytes;
}
