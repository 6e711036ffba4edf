import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readSmallFile } from "../home/readOwnFile.ts";

const maxManifests = 2000;
const maxManifestBytes = 1_000_000;
const modelLayer = "application/vnd.ollama.image.model";

const manifestSchema = z.object({
  layers: z.array(z.object({ mediaType: z.string(), digest: z.string() })).max(1000),
});

/** A model with Ollama's name for it, and the blob that contains its weights. */
export interface OllamaModel {
  name: string;
  path: string;
}

/**
 * Resolves with Ollama's models below its folder, where `manifests/HOST/NAMESPACE/NAME/TAG` states the digest of the
 * blob. Anything of another form is skipped. The blobs are not read.
 */
export async function findOllamaModels(folder: string): Promise<OllamaModel[]> {
  const models: OllamaModel[] = [];
  for (const parts of await manifestNames(join(folder, "manifests"))) {
    const text = await readSmallFile(join(folder, "manifests", ...parts), maxManifestBytes);
    const digest = text === null ? null : modelDigest(text);
    if (digest !== null) models.push({ name: tagName(parts), path: join(folder, "blobs", `sha256-${digest}`) });
  }
  return models;
}

/** Returns the digest of a manifest's model layer, as 64 hexadecimal digits, or null if there is none of that form. */
export function modelDigest(manifest: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(manifest);
  } catch {
    return null;
  }
  const parsed = manifestSchema.safeParse(json);
  const layer = parsed.data?.layers.find(({ mediaType }) => mediaType === modelLayer);
  return /^sha256[:-]([0-9a-f]{64})$/.exec(layer?.digest ?? "")?.[1] ?? null;
}

/** Returns a name such as "deepseek-r1:7b". Models from other hosts keep their host and namespace. */
function tagName([host = "", namespace = "", name = "", tag = ""]: string[]): string {
  const short = `${name}:${tag}`;
  if (host !== "registry.ollama.ai") return `${host}/${namespace}/${short}`;
  return namespace === "library" ? short : `${namespace}/${short}`;
}

/** Resolves with paths of exactly four parts. Folders that are links are not entered, which avoids cycles. */
async function manifestNames(folder: string): Promise<string[][]> {
  let names: string[][] = [[]];
  for (let level = 0; level < 4; level++) {
    const next: string[][] = [];
    for (const parts of names) {
      for (const entry of await entriesOf(join(folder, ...parts))) {
        if (entry.name.startsWith(".") || (level < 3 && !entry.isDirectory())) continue;
        if (next.length < maxManifests) next.push([...parts, entry.name]);
      }
    }
    names = next;
  }
  return names;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
