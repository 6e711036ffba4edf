import { basename, dirname, join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import { type Container, readContainer } from "./container.ts";
import { damagedHeader } from "./damagedHeader.ts";
import { openModelFile } from "./openModelFile.ts";
import type { Tensor } from "./tensors.ts";

/** `name-00001-of-00003.gguf`, the naming scheme of llama-gguf-split. */
const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
const maxParts = 999;
/** How many missing files an error names. */
const shownNames = 3;

export interface AllParts {
  sizeBytes: number;
  tensors: Tensor[];
}

/**
 * Reads the other parts of a split model after its first one and checks that they belong together. For a model in one
 * file, returns that file alone. Rejects with `model-truncated` if parts are missing.
 */
export async function readAllParts(path: string, first: Container, firstBytes: number): Promise<AllParts> {
  const count = wholeNumber(first, "split.count") ?? 1;
  if (count > maxParts) throw damagedHeader(`it claims to be one of ${count.toLocaleString("en")} parts`);
  if (count <= 1) return { sizeBytes: firstBytes, tensors: first.tensors };
  const paths = partPaths(path, count, wholeNumber(first, "split.no") ?? 0);
  const all: AllParts = { sizeBytes: firstBytes, tensors: [...first.tensors] };
  const missing: string[] = [];
  for (const [index, partPath] of paths.entries()) {
    if (index === 0) continue;
    const part = await readPart(partPath);
    if (part === null) {
      missing.push(basename(partPath));
      continue;
    }
    if (wholeNumber(part.container, "split.no") !== index || wholeNumber(part.container, "split.count") !== count) {
      throw damagedHeader(`${basename(partPath)} is not part ${index + 1} of ${count} of this model`);
    }
    all.sizeBytes += part.sizeBytes;
    all.tensors.push(...part.container.tensors);
  }
  if (missing.length > 0) {
    const named = missing.length > shownNames ? "morePartsMissing" : "partsMissing";
    const names = missing.slice(0, shownNames);
    throw new WorkbenchError("model-truncated", { case: named, count: missing.length, total: count, names });
  }
  checkTogether(first, all.tensors);
  return all;
}

/** Returns the paths of all parts. llama.cpp opens a split model only by its first part. */
function partPaths(path: string, count: number, index: number): string[] {
  const [, prefix, number, total] = partName.exec(basename(path)) ?? [];
  if (prefix === undefined || Number(total) !== count || Number(number) !== index + 1) {
    throw damagedHeader(`it is part ${index + 1} of ${count}, but its file name does not say so`);
  }
  const nameOf = (part: number) => `${prefix}-${padded(part)}-of-${padded(count)}.gguf`;
  if (index !== 0) {
    const facts = { case: "laterPart", part: index + 1, total: count, file: nameOf(1) } as const;
    throw new WorkbenchError("model-header-invalid", facts);
  }
  return Array.from({ length: count }, (_, part) => join(dirname(path), nameOf(part + 1)));
}

async function readPart(path: string): Promise<{ container: Container; sizeBytes: number } | null> {
  try {
    return await openModelFile(path, async (file, sizeBytes) => ({
      container: await readContainer(file, sizeBytes),
      sizeBytes,
    }));
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error;
    if (error.code === "model-file-missing") return null;
    throw ofPart(error, basename(path));
  }
}

/** Adds the name of the part to its failure. */
function ofPart({ code, facts, detail }: WorkbenchError, file: string): WorkbenchError {
  const named = [file, detail].filter(Boolean).join(": ");
  if (code === "model-header-invalid" || code === "model-truncated") {
    return new WorkbenchError(code, { case: "part", file }, named);
  }
  return new WorkbenchError(code, facts, named);
}

function checkTogether(first: Container, tensors: Tensor[]): void {
  const names = new Set(tensors.map(({ name }) => name));
  if (names.size !== tensors.length) throw damagedHeader("two of its parts hold the same tensor");
  const expected = wholeNumber(first, "split.tensors.count");
  if (expected !== null && expected !== tensors.length) {
    throw damagedHeader(`its parts hold ${tensors.length} tensors instead of ${expected}`);
  }
}

function wholeNumber({ values }: Container, key: string): number | null {
  const value = values.get(key);
  if (value === undefined) return null;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw damagedHeader(`"${key}" is no number`);
  return value;
}

const padded = (part: number): string => String(part).padStart(5, "0");
