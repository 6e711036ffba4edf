import { createReadStream, fstatSync, type Stats } from "node:fs";
import { buffer } from "node:stream/consumers";
import { WorkbenchError } from "../contract/errors.ts";
import { systemCode } from "../workbench/systemCode.ts";

/** In bytes: more than any context holds. Without a limit, an endless input would fill the memory. */
const mostBytes = 64_000_000;
const socketWithinMs = 1000;

/** Where a text came from, as its errors say it. */
type TextSource = { case: "stdin" } | { case: "file"; path: string };
const stdinSource = { case: "stdin" } as const;

/** Returns the text in these bytes, without a byte-order mark. Throws `text-not-utf8`. */
function decodeText(bytes: Uint8Array, source: TextSource): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new WorkbenchError("text-not-utf8", source);
  }
}

/**
 * Returns a file's text; "-" is stdin. Empty if `signal` is aborted. Throws `usage` if it cannot be read,
 * `prompt-too-long` or `text-not-utf8`.
 */
export async function readTextFile(path: string, signal: AbortSignal = new AbortController().signal): Promise<string> {
  if (path === "-") return readStdin({ signal, firstByteWithinMs: null });
  // A file may be a device without an end.
  const stream = createReadStream(path, { signal });
  try {
    const source = { case: "file", path } as const;
    return decodeText(await buffer(limited(stream, source)), source);
  } catch (error) {
    if (signal.aborted) return "";
    if (error instanceof WorkbenchError) throw error;
    throw unreadable(path, error);
  }
}

/**
 * Returns the text piped to a command that has a prompt already; empty if there is none. A file or a shell's pipe is read to
 * its end. A program that starts r1 may leave a socket open that it never writes to: that counts as none.
 */
export async function readPipedText(signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) return "";
  let kind: Stats;
  try {
    kind = fstatSync(0);
  } catch {
    // Started without a stdin.
    return "";
  }
  return readStdin({ signal, firstByteWithinMs: kind.isSocket() ? socketWithinMs : null });
}

/**
 * Returns all of stdin, or nothing if `signal` is aborted. With `firstByteWithinMs`, a pipe on which nothing arrives in
 * that time counts as empty. Throws `prompt-too-long` or `text-not-utf8`.
 */
export async function readStdin(options: { signal: AbortSignal; firstByteWithinMs: number | null }): Promise<string> {
  const { signal, firstByteWithinMs } = options;
  const chunks: Uint8Array[] = [];
  const { stdin } = process;
  const giveUp = (): void => void stdin.destroy();
  const timer = firstByteWithinMs === null ? undefined : setTimeout(giveUp, firstByteWithinMs);
  signal.addEventListener("abort", giveUp);
  try {
    for await (const chunk of limited(stdin, stdinSource)) {
      clearTimeout(timer);
      chunks.push(chunk);
    }
  } catch (error) {
    if (chunks.length > 0 && !signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
  return signal.aborted ? "" : decodeText(Buffer.concat(chunks), stdinSource);
}

/** Passes on what a stream yields. Throws `prompt-too-long` once that is too much. */
async function* limited(stream: AsyncIterable<unknown>, source: TextSource): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new WorkbenchError("prompt-too-long", { ...source, most: mostBytes });
    yield chunk;
  }
}

const cases = { ENOENT: "fileMissing", EISDIR: "fileIsFolder", EACCES: "fileNotAllowed" } as const;

function unreadable(path: string, error: unknown): WorkbenchError {
  const code = systemCode(error);
  if (code in cases) return new WorkbenchError("usage", { case: cases[code as keyof typeof cases], path });
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkbenchError("usage", { case: "fileUnreadable", path, reason });
}
