import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { readOwnFile } from "../home/readOwnFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

/** How results are stored. */
export interface ResultFormat<Result> {
  /** Incremented whenever a result changes in a way that an older app would misread. */
  version: number;
  /** Of files of this version and earlier ones. */
  file: z.ZodType<{ result: Result }>;
}

const versionSchema = z.object({ version: z.number().int() });

const maxFileBytes = 5_000_000;

interface Options<Result> {
  folder: string;
  format: ResultFormat<Result>;
  /** Called when a file could not be read and was set aside under this name. */
  onDamaged: (name: string) => void;
}

/**
 * Stores each result in a file of its own: the app and the terminal can write at the same time, a crash leaves a
 * complete file or none, and a damaged file does not affect the others.
 */
export class BenchmarkHistory<Result extends { id: string; startedAt: number }> {
  readonly #options: Options<Result>;

  constructor(options: Options<Result>) {
    this.#options = options;
  }

  /** Resolves once the result is on the disk. Rejects with the file system's error. */
  async add(result: Result): Promise<void> {
    const { folder, format } = this.#options;
    const day = new Date(result.startedAt).toISOString().slice(0, 10);
    const path = join(folder, `${day}-${result.id}.json`);
    await writeFileAtomic(path, `${JSON.stringify({ version: format.version, result }, null, 1)}\n`);
  }

  /** Resolves with the results, newest first. Files that a newer app wrote are left unchanged and not included. */
  async list(): Promise<Result[]> {
    const results = [...(await this.#read()).values()];
    return results.toSorted((one, other) => other.startedAt - one.startedAt);
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const [name, { id }] of await this.#read()) {
      if (ids.includes(id)) await rm(join(this.#options.folder, name), { force: true });
    }
  }

  async #read(): Promise<Map<string, Result>> {
    const { folder, format, onDamaged } = this.#options;
    makeOwnFolder(folder);
    const results = new Map<string, Result>();
    for (const name of await readdir(folder)) {
      if (!name.endsWith(".json")) continue;
      const path = join(folder, name);
      const file = await readOwnFile(path, maxFileBytes);
      // The file was removed in the meantime, or was not written by the app.
      if (file.state !== "read") continue;
      const found = parse(file.text, format);
      if (found === "newer") continue;
      if (found !== "damaged") {
        results.set(name, found);
        continue;
      }
      const aside = `${name}.damaged`;
      await rename(path, join(folder, aside)).then(
        () => onDamaged(aside),
        () => undefined,
      );
    }
    return results;
  }
}

function parse<Result>(text: string, format: ResultFormat<Result>): Result | "newer" | "damaged" {
  try {
    const json: unknown = JSON.parse(text);
    const file = format.file.safeParse(json);
    if (file.success) return file.data.result;
    const found = versionSchema.safeParse(json);
    return found.success && found.data.version > format.version ? "newer" : "damaged";
  } catch {
    return "damaged";
  }
}
