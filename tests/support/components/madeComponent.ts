import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import {
  type ComponentPiece,
  type ComponentRelease,
  readComponentReleases,
} from "../../../electron/workbench/components/ComponentRelease.ts";
import type { HubFileOptions } from "../hub/hubServer.mjs";
import { tarball, type TarEntry } from "./tarball.ts";

/** Contents by path, as they are below a package's folder. */
export type MadeFiles = Record<string, Buffer | string>;

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Returns an archive of a package, and what a list says of it. `entries` are what the archive really has. */
export function madePiece(name: string, files: MadeFiles, entries?: readonly TarEntry[]) {
  const listed = Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }));
  const archive = tarball(entries ?? listed.map(({ path, content }) => ({ path: `package/${path}`, content })));
  const file = `${name}-1.0.0.tgz`;
  const piece: ComponentPiece = {
    package: `@node-llama-cpp/${name}`,
    version: "1.0.0",
    path: file,
    sizeBytes: archive.length,
    sha256: sha256(archive),
    files: listed.map(({ path, content }) => ({ path, sizeBytes: content.length, sha256: sha256(content) })),
  };
  return { archive, piece, file };
}
export type MadePiece = ReturnType<typeof madePiece>;

/** Returns the files of a hub that has the archives. */
export const servedFiles = (pieces: readonly MadePiece[]): Record<string, HubFileOptions> =>
  Object.fromEntries(
    pieces.map(({ archive, piece, file }) => [
      file,
      {
        sizeBytes: archive.length,
        sha256: piece.sha256,
        // A copy, because the hub flips bits in it. Another seed gives another archive, which begins like this one.
        bytes: (start: number, length: number, seed = 1) => {
          const bytes = Buffer.from(archive.subarray(start, start + length));
          return seed === 1 || start === 0 ? bytes : bytes.fill(seed);
        },
      },
    ]),
  );

/** Writes a list as the build does, for this system, and returns its path. */
export function writeComponentsFile(folder: string, base: string, pieces: readonly MadePiece[]): string {
  const path = join(folder, "components.json");
  const system = `${process.platform}-${process.arch}`;
  writeFileSync(path, JSON.stringify({ base, components: { cuda: { [system]: pieces.map(({ piece }) => piece) } } }));
  return path;
}

/** Returns the release in such a list. */
export function madeRelease(folder: string, base: string, pieces: readonly MadePiece[]): ComponentRelease {
  const [release] = readComponentReleases(writeComponentsFile(folder, base, pieces));
  if (release === undefined) throw new Error("The list was refused.");
  return release;
}
