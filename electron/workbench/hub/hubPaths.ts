import { HubFailure } from "./HubFailure.ts";

const namePart = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?$|^[A-Za-z0-9_]$/;
/** Control and direction characters, and lone surrogates, which no URL can contain. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Returns whether this is an "owner/name" that the hub allows. */
export function isRepo(repo: string): boolean {
  const parts = repo.split("/");
  return parts.length === 2 && parts.every((part) => namePart.test(part) && !part.includes(".."));
}

/** Returns a repository name. Throws `hub-not-found` if it is not valid. */
export function checkedRepo(repo: string): string {
  if (isRepo(repo)) return repo;
  throw new HubFailure("hub-not-found", { case: "notARepo", name: shown(repo) });
}

/** Returns whether this can be a branch, tag or commit. */
export function isRevision(revision: string): boolean {
  return revision.length <= 200 && !unsafe.test(revision) && !/[\\\s?#]/.test(revision) && hasPlainParts(revision);
}

/** Returns a revision name. Throws `hub-not-found` if it is not valid. */
export function checkedRevision(revision: string): string {
  if (isRevision(revision)) return revision;
  throw new HubFailure("hub-not-found", { case: "notARevision", name: shown(revision) });
}

/** Returns whether this can be a file's path in a repository. */
export function isPath(path: string): boolean {
  const isPlain = path.length <= 1000 && !unsafe.test(path) && !path.includes("\\") && !/^[A-Za-z]:/.test(path);
  return isPlain && hasPlainParts(path);
}

/** Returns a path. Throws `download-name-refused` if it is not valid. */
export function checkedPath(path: string): string {
  if (isPath(path)) return path;
  throw new HubFailure("download-name-refused", { case: "name", name: shown(path) });
}

const hasPlainParts = (path: string): boolean =>
  path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

/** Returns a path for a URL: each part is percent-encoded, the slashes stay. */
export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Returns an encoded revision. A branch may contain a slash, which the hub requires to be encoded. */
export const encodedRevision = (revision: string): string => encodeURIComponent(revision);

const partName = /-(\d{5})-of-(\d{5})(\.gguf)$/i;

/**
 * Returns the paths of a model's parts. A file that is not split is its own only part. Null if the numbering is
 * invalid.
 */
export function partPaths(path: string): string[] | null {
  const match = partName.exec(path);
  if (match === null) return [path];
  const [whole, number = "", total = "", ending = ""] = match;
  const count = Number(total);
  if (count < 1 || count > 1000 || Number(number) < 1 || Number(number) > count) return null;
  const stem = path.slice(0, -whole.length);
  return Array.from(
    { length: count },
    (_, index) => `${stem}-${String(index + 1).padStart(5, "0")}-of-${total}${ending}`,
  );
}

/** Returns a file name without folders, extension and part number. */
export function modelNameOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(partName, "").replace(/\.gguf$/i, "");
}

/** Returns the quantization that a file name states, such as "Q4_K_M" or "UD-IQ1_S", or null. */
export function quantizationOf(path: string): string | null {
  const match = /(?:^|[-._/])((?:UD-)?(?:I?Q\d(?:_[A-Z0-9]+)*|TQ\d_\d|BF16|F16|F32|MXFP4(?:_MOE)?))(?=$|[-.])/i.exec(
    modelNameOf(path),
  );
  return match?.[1]?.toUpperCase() ?? null;
}

/**
 * Returns a model's name without the quantization at its end, because that is shown beside the name.
 *
 * @param quantization what is shown; by default what the name states
 */
export function withoutQuantization(name: string, quantization: string | null = quantizationOf(name)): string {
  if (quantization === null || !name.toUpperCase().endsWith(quantization.toUpperCase())) return name;
  const stem = name.slice(0, -quantization.length);
  return /[^-._ ][-._ ]+$/.test(stem) ? stem.replace(/[-._ ]+$/, "") : name;
}

const shown = (text: string): string => text.slice(0, 120).replaceAll(new RegExp(unsafe, "gu"), "\uFFFD");
