import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { modelSlug, pathHash } from "./modelFiles.ts";

const idsSchema = z.record(z.string(), z.string());
const maxFileBytes = 10_000_000;
const mostKept = 5000;

/** A file that needs an id, and what it is called if not by its file name. */
export interface NamedFile {
  path: string;
  name: string | null;
}

/**
 * Gives each model file its id and keeps it in `model-ids.json`, because choices, use and marks hang on it. While the
 * app runs, an id never comes to mean another file; after a restart, one whose file is gone may. A list that cannot be
 * read or written costs only that.
 */
export class ModelIds {
  readonly #file: string;
  /** What was given while the app runs, by id. */
  readonly #given = new Map<string, string>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#file = join(home, "model-ids.json");
  }

  /** Returns the files' ids, in order. Of files with one name, the first one met has the plain id. */
  async of(files: readonly NamedFile[]): Promise<string[]> {
    const kept = await this.#read();
    const there = new Set(files.map(({ path }) => path));
    const idOf = new Map<string, string>();
    for (const [id, path] of [...kept, ...this.#given]) {
      if (there.has(path) && (this.#given.get(id) ?? path) === path) idOf.set(path, id);
    }
    const taken = new Set([...idOf.values(), ...this.#given.keys()]);
    for (const { path, name } of files) {
      if (idOf.has(path)) continue;
      const plain = modelSlug(path, name ?? undefined);
      const id = taken.has(plain) ? `${plain}-${pathHash(path)}` : plain;
      idOf.set(path, id);
      taken.add(id);
    }
    await this.#give([...idOf].map(([path, id]) => [id, path]));
    return files.map(({ path }) => idOf.get(path) ?? modelSlug(path));
  }

  /** Returns the id of a file that is not in the list. */
  async ofUnlisted(path: string): Promise<string> {
    for (const [id, known] of [...this.#given, ...(await this.#read())]) if (known === path) return id;
    return `${modelSlug(path)}-${pathHash(path)}`;
  }

  /** Keeps the id of a file that is not in the list, so that it stays when the file is added to it. */
  async keep(id: string, path: string): Promise<void> {
    await this.#give([[id, path]]);
  }

  async #give(ids: [id: string, path: string][]): Promise<void> {
    for (const [id, path] of ids) this.#given.set(id, path);
    this.#writing = this.#writing.then(async () => {
      const kept = await this.#read();
      if (ids.every(([id, path]) => kept.get(id) === path)) return;
      for (const [id, path] of ids) {
        kept.delete(id);
        kept.set(id, path);
      }
      const newest = [...kept].slice(-mostKept);
      await writeFileAtomic(this.#file, JSON.stringify(Object.fromEntries(newest), null, 2)).catch(() => undefined);
    });
    await this.#writing;
  }

  async #read(): Promise<Map<string, string>> {
    const read = await readJsonFile(this.#file, idsSchema, maxFileBytes);
    return new Map(read.state === "read" ? Object.entries(read.value) : []);
  }
}
