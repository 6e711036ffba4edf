import { z } from "zod";
import type { HubFile } from "../../contract/downloads.ts";
import type { HubListing, HubModelFile, HubRepo } from "../../contract/hub.ts";
import { HubFailure } from "./HubFailure.ts";
import type { HubTransport } from "./HubTransport.ts";
import {
  checkedPath,
  checkedRepo,
  checkedRevision,
  encodedPath,
  encodedRevision,
  isPath,
  isRepo,
  modelNameOf,
  partPaths,
  quantizationOf,
  withoutQuantization,
} from "./hubPaths.ts";
import { readJson } from "./readJson.ts";

/** One file as stated by the hub. */
export interface HubPart {
  path: string;
  sizeBytes: number;
  /** 64 lower-case hexadecimal digits. Null if the hub does not state it. */
  sha256: string | null;
}

/** All files of a model, pinned to a commit. */
export interface HubFileSet {
  file: HubFile;
  commit: string;
  parts: HubPart[];
}

const maxPages = 50;
const maxEntries = 50_000;
const maxResults = 50;
/** 4 TiB, far larger than any part of a model: the data kept for each block of a file must fit in memory. */
export const maxFileBytes = 2 ** 42;

const count = z.number().nonnegative().nullish().catch(null);
const repoSchema = z.object({
  id: z.string().max(200),
  downloads: count,
  likes: count,
  lastModified: z.string().nullish().catch(null),
  gated: z.unknown().optional(),
});
const infoSchema = z.object({
  sha: z.string().nullish().catch(null),
  gated: z.unknown().optional(),
  cardData: z.object({ license: z.unknown().optional() }).partial().nullish().catch(null),
  tags: z.array(z.unknown()).nullish().catch(null),
});
const entrySchema = z.object({
  type: z.literal("file"),
  path: z.string().max(1000),
  size: z.number().int().nonnegative().max(maxFileBytes),
  lfs: z
    .object({ oid: z.string(), size: z.number().int().nonnegative().max(maxFileBytes).nullish() })
    .nullish()
    .catch(null),
});

/** A client of the parts of the hub's API that this app uses. Rejects with a `HubFailure`. */
export class HubClient {
  readonly #transport: HubTransport;

  constructor(transport: HubTransport) {
    this.#transport = transport;
  }

  /** Resolves with repositories that have GGUF files, most downloaded first. */
  async search(words: string, signal?: AbortSignal): Promise<HubRepo[]> {
    const query = new URLSearchParams({
      search: words,
      filter: "gguf",
      sort: "downloads",
      direction: "-1",
      limit: String(maxResults),
    });
    const found = await this.#json(`/api/models?${query.toString()}`, signal);
    return good(repoSchema, found)
      .filter(({ id }) => isRepo(id))
      .slice(0, maxResults)
      .map(({ id, downloads, likes, lastModified, gated }) => ({
        repo: id,
        downloads: downloads ?? null,
        likes: likes ?? null,
        updatedAt: timeOf(lastModified),
        gated: isGated(gated),
      }));
  }

  /** Resolves with the models of one repository, smallest first. */
  async listing(repo: string, revision: string, signal?: AbortSignal): Promise<HubListing> {
    const at = `/api/models/${checkedRepo(repo)}/revision/${encodedRevision(checkedRevision(revision))}`;
    const info = infoSchema.safeParse(await this.#json(at, signal));
    if (!info.success) throw new HubFailure("hub-answer-invalid");
    const commit = commitOf(info.data.sha);
    const files = await this.#tree(repo, commit ?? revision, signal);
    return {
      repo,
      commit,
      licence: licenceOf(info.data.cardData?.license, info.data.tags ?? []),
      gated: isGated(info.data.gated),
      models: groupModels(files, repo, revision),
    };
  }

  /**
   * Resolves with the files to fetch for a model, with their sizes and hashes. Also rejects with
   * `download-incomplete-set`.
   */
  async fileSet(file: HubFile, signal?: AbortSignal): Promise<HubFileSet> {
    const repo = checkedRepo(file.repo);
    const path = checkedPath(file.path);
    const paths = partPaths(path);
    if (paths === null)
      throw new HubFailure("download-name-refused", { case: "name", name: path }, { detail: "impossible part number" });
    const at = `/api/models/${repo}/revision/${encodedRevision(checkedRevision(file.revision))}`;
    const info = infoSchema.safeParse(await this.#json(at, signal));
    const commit = info.success ? commitOf(info.data.sha) : null;
    if (commit === null) throw new HubFailure("hub-answer-invalid", undefined, { detail: "no commit" });
    const files = new Map((await this.#tree(repo, commit, signal)).map((entry) => [entry.path, entry]));
    if (!files.has(path)) throw new HubFailure("hub-not-found", { case: "notInRepo", name: path });
    const parts = paths.map((wanted) => files.get(wanted));
    const missing = paths.filter((wanted) => !files.has(wanted));
    if (missing.length > 0) {
      const facts = { case: "count", count: missing.length, total: paths.length } as const;
      throw new HubFailure("download-incomplete-set", facts, { detail: missing.slice(0, 20).join(", ") });
    }
    return { file: { ...file, path: paths[0] ?? path }, commit, parts: parts.flatMap((part) => (part ? [part] : [])) };
  }

  /** Returns the URL of a file's content. */
  resolveUrl(repo: string, commit: string, path: string): string {
    return `${this.#transport.endpoint}/${checkedRepo(repo)}/resolve/${encodedRevision(commit)}/${encodedPath(checkedPath(path))}`;
  }

  async #tree(repo: string, revision: string, signal: AbortSignal | undefined): Promise<HubPart[]> {
    const first = `${this.#transport.endpoint}/api/models/${repo}/tree/${encodedRevision(revision)}?recursive=true`;
    const files: HubPart[] = [];
    const seen = new Set<string>();
    let next: string | null = first;
    while (next !== null) {
      if (seen.size >= maxPages || seen.has(next) || files.length > maxEntries) {
        throw new HubFailure("hub-answer-invalid", undefined, { detail: "an endless list of files" });
      }
      seen.add(next);
      const answer = await this.#transport.openGood({ url: next, headers: jsonHeaders, signal });
      const entries = await readJson(answer);
      if (!Array.isArray(entries)) throw new HubFailure("hub-answer-invalid");
      for (const { path, size, lfs } of good(entrySchema, entries)) {
        if (isPath(path)) files.push({ path, sizeBytes: lfs?.size ?? size, sha256: sha256Of(lfs?.oid) });
      }
      next = nextPage(answer.header("link"), next);
    }
    return files;
  }

  async #json(path: string, signal: AbortSignal | undefined): Promise<unknown> {
    const url = `${this.#transport.endpoint}${path}`;
    return await readJson(await this.#transport.openGood({ url, headers: jsonHeaders, signal }));
  }
}

const jsonHeaders = { accept: "application/json", "accept-encoding": "gzip" };

/** Returns the valid entries. An invalid entry does not affect the others. */
function good<Schema extends z.ZodType>(schema: Schema, entries: unknown): z.output<Schema>[] {
  if (!Array.isArray(entries)) throw new HubFailure("hub-answer-invalid");
  return entries.slice(0, maxEntries).flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Returns the URL of the next page, which must be another page of the same list, or null. */
function nextPage(link: string | undefined, current: string): string | null {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "")?.[1];
  if (target === undefined) return null;
  const from = new URL(current);
  if (!URL.canParse(target, current)) throw new HubFailure("hub-answer-invalid");
  const url = new URL(target, current);
  if (url.host !== from.host || url.pathname !== from.pathname) {
    throw new HubFailure("hub-answer-invalid", undefined, { detail: "the list of files goes on elsewhere" });
  }
  // The links of a mirror behind a proxy may have a different scheme.
  url.protocol = from.protocol;
  return url.href;
}

function groupModels(files: HubPart[], repo: string, revision: string): HubModelFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const models = files.flatMap(({ path }): HubModelFile[] => {
    if (!/\.gguf$/i.test(path) || /(^|\/)mmproj[^/]*$/i.test(path)) return [];
    const paths = partPaths(path);
    const present = paths?.flatMap((wanted) => byPath.get(wanted) ?? []) ?? [];
    // A split model is listed once, by its first existing part.
    if (paths === null || present[0]?.path !== path) return [];
    return [
      {
        file: { repo, revision, path },
        name: withoutQuantization(modelNameOf(path)),
        quantization: quantizationOf(path),
        parts: paths.length,
        sizeBytes: present.reduce((sum, part) => sum + part.sizeBytes, 0),
        verifiable: present.every(({ sha256 }) => sha256 !== null),
        complete: present.length === paths.length,
      },
    ];
  });
  return models.toSorted((a, b) => a.sizeBytes - b.sizeBytes || a.name.localeCompare(b.name));
}

const isGated = (gated: unknown): boolean => gated !== undefined && gated !== null && gated !== false;
const sha256Of = (oid: string | undefined): string | null => {
  const digest = oid?.toLowerCase().replace(/^sha256:/, "");
  return digest !== undefined && /^[0-9a-f]{64}$/.test(digest) ? digest : null;
};
const commitOf = (sha: string | null | undefined): string | null =>
  sha !== undefined && sha !== null && /^[0-9a-f]{6,64}$/i.test(sha) ? sha.toLowerCase() : null;

function timeOf(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : time;
}

function licenceOf(stated: unknown, tags: readonly unknown[]): string | null {
  if (typeof stated === "string" && stated !== "") return stated.slice(0, 100);
  const tag = tags.find((entry): entry is string => typeof entry === "string" && entry.startsWith("license:"));
  return tag?.slice("license:".length, 100) ?? null;
}
