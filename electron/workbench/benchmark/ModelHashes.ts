import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { WorkbenchError } from "../../contract/errors.ts";
import { hashFile } from "../downloads/hashFile.ts";
import { knownHash } from "../downloads/VerifiedFiles.ts";
import { exactFingerprint, type ModelFile } from "../models/modelFiles.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

export interface HashedFile {
  name: string;
  sizeBytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

interface Options {
  home: string;
  modelsFolder: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
}

const fileSchema = z.record(z.string(), z.object({ fingerprint: z.string(), sha256: z.string() }));
const maxFileBytes = 2_000_000;

/** Computes the SHA-256 of model files in a worker thread and caches them until the file changes. */
export class ModelHashes {
  readonly #options: Options;
  readonly #file: string;

  constructor(options: Options) {
    this.#options = options;
    this.#file = join(options.home, "model-hashes.json");
  }

  /**
   * Resolves with the hashes of all parts. Rejects with the signal's reason when it aborts, or with
   * `model-file-unreadable`.
   */
  async of({ paths }: ModelFile, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<HashedFile[]> {
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
    const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
    const hashed: HashedFile[] = [];
    let doneBytes = 0;
    for (const [index, path] of paths.entries()) {
      const sizeBytes = sizes[index] ?? 0;
      const sha256 = await this.#hashOf(path, signal, (bytes) => onProgress((doneBytes + bytes) / totalBytes));
      hashed.push({ name: basename(path), sizeBytes, sha256 });
      doneBytes += sizeBytes;
    }
    return hashed;
  }

  async #hashOf(path: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
    const downloaded = await knownHash(this.#options.modelsFolder, path);
    if (downloaded !== null) return downloaded;
    const print = await exactFingerprint({ path, paths: [path] });
    const known = (await this.#read())[path];
    if (known?.fingerprint === print) return known.sha256;
    const sha256 = await hashFile(path, signal, { hashWorker: this.#options.hashWorker, onBytes });
    if ((await exactFingerprint({ path, paths: [path] })) !== print) {
      throw new WorkbenchError("model-file-unreadable", { case: "changing" });
    }
    // If it cannot be stored, it is computed again next time.
    const entries = { ...(await this.#read()), [path]: { fingerprint: print, sha256 } };
    await writeFileAtomic(this.#file, JSON.stringify(entries)).catch(() => undefined);
    return sha256;
  }

  #read(): Promise<z.output<typeof fileSchema>> {
    return readJsonOr(this.#file, fileSchema, maxFileBytes, {});
  }
}
