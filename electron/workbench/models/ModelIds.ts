import { join } from "node:path";
import { z } from "zod";
import { atMost } from "../atMost.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { modelSlug, pathHash } from "./modelFiles.ts";

/** Ids as returned by `modelSlug`, with a hash if the id is taken. */
const idsSchema = z.record(z.string().regex(/^[a-z0-9._-]{1,60}$/), z.string());
const maxFileBytes = 10_000_000;
const mostKept = 5000;

/** A file that needs an id, with its name if that is not the file name. */
export interface FileToIdentify {
  path: string;
  name: string | null;
}

/**
 * Assigns an id to each model file and stores it in `model-ids.json`, because choices, use and marks are stored by id.
 * While the app runs, an id never changes to another file; after a restart, the id of a missing file may be reused. If
 * the list cannot be read or written, only this is lost.
 */
export class ModelIds {
  readonly #file: string;
  /** The ids assigned while the app runs, with their files. */
  readonly #given = new Map<string, string>();
  /** So that no two files get the same id. */
  readonly #oneAtATime = atMost(1);

  constructor(home: string) {
    this.#file = join(home, "model-ids.json");
  }

  /**
   * Resolves with the ids of the files, in order. If several files have the same name, the first one gets the plain id.
   */
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

  /** Resolves with the id of a file that is not in the list. */
  ofUnlisted(path: string): Promise<string> {
    return this.#inTurn((kept) => {
      const known = [...this.#given, ...kept].find(([, each]) => each === path);
      return Promise.resolve(known?.[0] ?? `${modelSlug(path)}-${pathHash(path)}`);
    });
  }

  /** Stores the id of a file that is not in the list, so that the id stays the same when the file is added. */
  keep(id: string, path: string): Promise<void> {
    return this.#inTurn((kept) => this.#give(kept, new Map([[id, path]])));
  }

  #inTurn<Result>(work: (kept: Map<string, string>) => Promise<Result>): Promise<Result> {
    return this.#oneAtATime(async () => {
      const kept = await readJsonOr(this.#file, idsSchema, maxFileBytes, {});
      return await work(new Map(Object.entries(kept)));
    });
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
