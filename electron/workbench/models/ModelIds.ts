import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { modelSlug, pathHash } from "./modelFiles.ts";

/** As `modelSlug` makes them, with a hash where that is taken. */
const idsSchema = z.record(z.string().regex(/^[a-z0-9._-]{1,60}$/), z.string());
const maxFileBytes = 10_000_000;
const mostKept = 5000;

/** A file that needs an id, and what it is called if not by its file name. */
export interface FileToIdentify {
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
  #last: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#file = join(home, "model-ids.json");
  }

  /** Returns the files' ids, in order. Of files with one name, the first one met has the plain id. */
  of(files: readonly FileToIdentify[]): Promise<string[]> {
    return this.#inTurn(async (kept) => {
      const there = new Set(files.map(({ path }) => path));
      const idOf = new Map<string, string>();
      for (const [id, path] of [...kept, ...this.#given]) {
        if (there.has(path) && (this.#given.get(id) ?? path) === path) idOf.set(path, id);
      }
      const taken = new Set([...idOf.values(), ...this.#given.keys()]);
      const ids = files.map(({ path, name }) => {
        const plain = modelSlug(path, name ?? undefined);
        const id = idOf.get(path) ?? (taken.has(plain) ? `${plain}-${pathHash(path)}` : plain);
        taken.add(id);
        return id;
      });
      await this.#give(kept, new Map(files.map(({ path }, index) => [ids[index] ?? "", path])));
      return ids;
    });
  }

  /** Returns the id of a file that is not in the list. */
  ofUnlisted(path: string): Promise<string> {
    return this.#inTurn((kept) => {
      const known = [...this.#given, ...kept].find(([, each]) => each === path);
      return Promise.resolve(known?.[0] ?? `${modelSlug(path)}-${pathHash(path)}`);
    });
  }

  /** Keeps the id of a file that is not in the list, so that it stays when the file is added to it. */
  keep(id: string, path: string): Promise<void> {
    return this.#inTurn((kept) => this.#give(kept, new Map([[id, path]])));
  }

  /** One after the other, so that no two files are given one id. */
  #inTurn<Result>(work: (kept: Map<string, string>) => Promise<Result>): Promise<Result> {
    const result = this.#last.then(async () => {
      const read = await readJsonFile(this.#file, idsSchema, maxFileBytes);
      return await work(new Map(read.state === "read" ? Object.entries(read.value) : []));
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #give(kept: Map<string, string>, ids: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, path] of ids) this.#given.set(id, path);
    if ([...ids].every(([id, path]) => kept.get(id) === path)) return;
    for (const [id, path] of ids) {
      kept.delete(id);
      kept.set(id, path);
    }
    const newest = [...kept].slice(-mostKept);
    await writeFileAtomic(this.#file, JSON.stringify(Object.fromEntries(newest), null, 2)).catch(() => undefined);
  }
}
