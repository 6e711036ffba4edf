import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { mostPresets, presetSchema } from "../../contract/presets.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const id = z.string().min(1).max(64);
const count = z.number().int().min(0);
const chats = z.array(z.object({ id, digest: z.string().max(100) }));
const schema = z.object({
  chats: count,
  messages: count,
  skipped: count,
  /** The folders that were made. */
  folders: z.array(id),
  foldersLeftOut: count.default(0),
  /** The presets that were added. */
  presets: z.array(presetSchema).max(mostPresets).default([]),
  /** Whether it is being undone, and nothing else may become of it. */
  isUndoing: z.boolean(),
  /** Which list of chats belongs to it. Older versions of the app kept the list in this file, as `imported`. */
  list: z.string().max(64).default(""),
  imported: chats.optional(),
  /** Older versions kept it, although it may say what the chats are about. */
  fileName: z.unknown().optional(),
});
const listSchema = z.object({ list: z.string().max(64), imported: chats });
export type LastImport = Omit<z.output<typeof schema>, "list" | "imported" | "fileName">;
export type ImportedChats = z.output<typeof chats>;

/** More than an import of a million chats needs. */
const maxBytes = 200_000_000;

/**
 * The last import, in `last-import.json`, so that it can be undone after a restart, and what undoes it is completed. The
 * chats are in a file of their own, which is read only to undo it: it may be large, and each start reads the other one.
 * Without the files, for example because the disk is full, the import can be undone only before a restart.
 */
export class ImportJournal {
  readonly #path: string;
  readonly #listPath: string;
  #list = "";
  /** The chats, while their list is not on the disk. */
  #unkept: ImportedChats | null = null;

  constructor(home: string) {
    this.#path = join(home, "last-import.json");
    this.#listPath = join(home, "last-import-chats.json");
  }

  /** Resolves with null if there is none, or none that can be read. Never rejects. */
  async read(): Promise<LastImport | null> {
    const read = await readJsonOr(this.#path, schema, maxBytes, null);
    if (read === null) return null;
    const { list, imported = null, fileName, ...last } = read;
    this.#list = list;
    this.#unkept = imported;
    if (imported !== null || fileName !== undefined) await this.update(last);
    return last;
  }

  /** Resolves with the chats that were imported, or with null if the list is missing or another import's. Never rejects. */
  async readChats(): Promise<ImportedChats | null> {
    if (this.#unkept !== null) return this.#unkept;
    const read = await readJsonOr(this.#listPath, listSchema, maxBytes, null);
    return read !== null && read.list !== "" && read.list === this.#list ? read.imported : null;
  }

  /** Keeps an import with its chats in the place of the one before. Never rejects. */
  async write(last: LastImport, imported: ImportedChats): Promise<void> {
    // If this one cannot be kept, its undo must not find the chats of the other.
    await this.forget();
    this.#unkept = imported;
    await this.update(last);
  }

  /** Keeps what is now known of the import, unless another process has kept another one since. Never rejects. */
  async update(last: LastImport): Promise<void> {
    if (await this.#isOthers()) return;
    try {
      if (this.#unkept !== null) {
        const list = randomUUID();
        await writeFileAtomic(this.#listPath, JSON.stringify({ list, imported: this.#unkept }));
        this.#list = list;
        this.#unkept = null;
      }
      await writeFileAtomic(this.#path, JSON.stringify({ ...last, list: this.#list }));
    } catch {
      // See above.
    }
  }

  /** Removes the import, unless another process has kept another one since. Never rejects. */
  async remove(): Promise<void> {
    if (!(await this.#isOthers())) await this.forget();
  }

  /** Removes whatever import is kept. Never rejects. */
  async forget(): Promise<void> {
    this.#list = "";
    this.#unkept = null;
    for (const path of [this.#path, this.#listPath]) await rm(path, { force: true }).catch(() => undefined);
  }

  async #isOthers(): Promise<boolean> {
    const read = await readJsonOr(this.#path, schema, maxBytes, null);
    return read !== null && read.list !== "" && read.list !== this.#list;
  }
}
