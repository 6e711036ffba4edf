import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type ComponentName, componentNames } from "../../contract/componentNames.ts";

/** A name below a folder, which cannot lead out of it on any system. */
const pathSchema = z.string().regex(/^(?:[A-Za-z0-9@_-][\w.@-]{0,99}\/){0,6}[A-Za-z0-9_][\w.-]{0,99}$/);
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const sizeSchema = z.number().int().min(0).max(2e9);

const fileSchema = z.object({ path: pathSchema, sizeBytes: sizeSchema, sha256: hashSchema });
const pieceSchema = z.object({
  /** The npm package, by whose name node-llama-cpp asks for it. */
  package: z.string().regex(/^@node-llama-cpp\/[a-z0-9-]{1,60}$/),
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/),
  /** Of the archive, below the place that has all of them. */
  path: pathSchema,
  sizeBytes: sizeSchema.min(1),
  sha256: hashSchema,
  /** All files in the archive. */
  files: z.array(fileSchema).min(1).max(200),
});
const listSchema = z.object({
  /** The place that has the archives. */
  base: z.string().max(500),
  components: z.partialRecord(z.enum(componentNames), z.record(z.string(), z.array(pieceSchema).min(1).max(10))),
});

/** One archive, with what is in it. */
export type ComponentPiece = z.output<typeof pieceSchema>;

/** A component of this version of the app, for one system. */
export interface ComponentRelease {
  name: ComponentName;
  version: string;
  /** Without a slash at its end: "https://registry.npmjs.org". */
  base: string;
  pieces: ComponentPiece[];
  /** Identifies the files: another version of the app has others. In hexadecimal digits. */
  mark: string;
}

/**
 * Returns the components for a system that the build listed in `file` (`scripts/components`). None without a list, or
 * with one whose place is neither encrypted nor this machine.
 */
export function readComponentReleases(
  file: string,
  system = `${process.platform}-${process.arch}`,
): readonly ComponentRelease[] {
  const list = listSchema.safeParse(jsonIn(file));
  const base = list.success ? usableBase(list.data.base) : null;
  if (!list.success || base === null) return [];
  return componentNames.flatMap((name): ComponentRelease[] => {
    const pieces = list.data.components[name]?.[system];
    const version = pieces?.[0]?.version;
    return pieces === undefined || version === undefined ? [] : [{ name, version, base, pieces, mark: markOf(pieces) }];
  });
}

/** Returns the bytes to fetch, and those on the disk afterwards. */
export function sizesOf({ pieces }: Pick<ComponentRelease, "pieces">): {
  downloadBytes: number;
  installedBytes: number;
} {
  const sum = (sizes: number[]): number => sizes.reduce((all, size) => all + size, 0);
  return {
    downloadBytes: sum(pieces.map(({ sizeBytes }) => sizeBytes)),
    installedBytes: sum(pieces.flatMap(({ files }) => files.map(({ sizeBytes }) => sizeBytes))),
  };
}

function markOf(pieces: readonly ComponentPiece[]): string {
  const hash = createHash("sha256");
  for (const { package: name, sha256 } of pieces) hash.update(`${name} ${sha256}\n`);
  return hash.digest("hex");
}

function usableBase(given: string): string | null {
  if (!URL.canParse(given)) return null;
  const { protocol, hostname, search, hash, username, href } = new URL(given);
  const isHere = protocol === "http:" && hostname === "127.0.0.1";
  return (protocol === "https:" || isHere) && `${search}${hash}${username}` === "" ? href.replace(/\/+$/, "") : null;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
