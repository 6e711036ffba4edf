import { readFile } from "node:fs/promises";
import { WorkbenchError } from "../contract/errors.ts";

/** The text in these bytes, a byte-order mark left out. Fails with `text-not-utf8`. */
export function decodeText(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new WorkbenchError("text-not-utf8", `The text from ${source} is not valid UTF-8.`);
  }
}

/** A file's text; "-" is stdin. Fails with `usage` if it cannot be read, or `text-not-utf8`. */
export async function readTextFile(path: string): Promise<string> {
  if (path === "-") return readStdin();
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new WorkbenchError("usage", `Cannot read ${path}: ${reasonOf(error)}.`);
  }
  return decodeText(bytes, path);
}

/** All of stdin. With `firstByteWithinMs`, a pipe on which nothing arrives in that time counts as empty. */
export async function readStdin(firstByteWithinMs?: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  const stdin = process.stdin;
  // An open pipe nobody writes to would otherwise keep us waiting for ever.
  const timer = firstByteWithinMs === undefined ? null : setTimeout(() => stdin.destroy(), firstByteWithinMs);
  try {
    for await (const chunk of stdin) {
      if (timer !== null) clearTimeout(timer);
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    if (chunks.length > 0) throw error;
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
  return decodeText(Buffer.concat(chunks), "stdin");
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reasons: Record<string, string> = {
    ENOENT: "there is no such file",
    EISDIR: "it is a folder",
    EACCES: "permission is denied",
  };
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
