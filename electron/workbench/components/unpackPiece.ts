import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { WorkbenchError } from "../../contract/errors.ts";
import { makeFolder } from "../home/makeFolder.ts";
import type { ComponentPiece } from "./ComponentRelease.ts";

/** npm puts everything below a folder of this name. */
const prefix = "package/";
/** What an archive has beside its files: a head and the rest of a block for each, and its end. In bytes. */
const blockBytes = 512;
const endBytes = 64 * 1024;

/**
 * Unpacks an archive into a folder, and resolves once the disk has every file. Names, sizes and hashes are the list's: an
 * archive with anything else in it, such as a link, a second copy or one byte more, is refused with `component-mismatch`.
 * Also rejects with the file system's errors and the signal's reason.
 */
export async function unpackPiece(
  archive: string,
  piece: ComponentPiece,
  folder: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const missing = new Map(piece.files.map((file) => [`${prefix}${file.path}`, file]));
  const mostBytes = piece.files.reduce((sum, { sizeBytes }) => sum + sizeBytes + 2 * blockBytes, endBytes);
  const parser = new Parser({ strict: true, maxMetaEntrySize: endBytes });
  let entered: ReadEntry | null = null;
  let writing: Promise<void> = Promise.resolve();
  let failure: Error | null = null;
  const failed = new AbortController();
  const fail = (error: unknown): void => {
    failure ??= error instanceof Error ? error : new WorkbenchError("internal", undefined, String(error));
    failed.abort();
  };
  parser.on("error", (error: Error) => fail(refused(error.message)));
  parser.on("ignoredEntry", (entry: ReadEntry) => fail(refused(`an entry that was ignored: ${entry.path}`)));
  parser.on("entry", (entry: ReadEntry) => {
    const file = missing.get(entry.path);
    missing.delete(entry.path);
    if (failure !== null || file === undefined || entry.type !== "File" || entry.size !== file.sizeBytes) {
      fail(refused(`an entry that is not listed: ${entry.type} ${entry.path}`));
      entry.resume();
      return;
    }
    entered = entry;
    writing = writeEntry(entry, join(folder, ...file.path.split("/")), file.sha256, onBytes).catch((error: unknown) => {
      fail(error);
      entry.resume();
    });
  });
  const ended = new Promise<void>((resolve) => parser.once("end", resolve));
  await pipeline(
    createReadStream(archive),
    createGunzip(),
    async (chunks: AsyncIterable<Buffer>) => {
      let bytes = 0;
      for await (const chunk of chunks) {
        signal.throwIfAborted();
        bytes += chunk.length;
        if (bytes > mostBytes) fail(refused("more than its files"));
        if (failure !== null) throw failure;
        if (!parser.write(chunk)) await drained(parser, failed.signal);
        if (failure !== null) throw failure;
      }
      parser.end();
      await writing;
      if (failure === null) await ended;
    },
    { signal },
  ).catch((error: unknown) => {
    const isDamaged = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    fail(isDamaged ? refused(error.message) : error);
    // Nothing more arrives for the file that is being written.
    (entered as ReadEntry | null)?.destroy(failure);
  });
  await writing;
  signal.throwIfAborted();
  if (failure !== null) throw failure as Error;
  if (missing.size > 0) throw refused(`${missing.size} files are missing`);
}

/** Resolves once the parser takes more, or when it has failed. */
async function drained(parser: Parser, failed: AbortSignal): Promise<void> {
  if (failed.aborted) return;
  await new Promise<void>((resolve) => {
    parser.once("drain", resolve);
    failed.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function writeEntry(
  entry: ReadEntry,
  path: string,
  sha256: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(path, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let at = 0;
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk);
      for (let written = 0; written < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written);
        written += bytesWritten;
      }
      at += chunk.length;
      onBytes(chunk.length);
    }
    if (hash.digest("hex") !== sha256) throw refused(`another content of ${path}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

const refused = (detail: string): WorkbenchError =>
  new WorkbenchError("component-mismatch", undefined, detail.slice(0, 300));
