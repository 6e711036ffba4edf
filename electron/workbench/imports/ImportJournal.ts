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
  fileName: z.string().max(1000),
  chats: count,
  messages: count,
  skipped: count,
  /** The folders that were made. */
  folders: z.array(id),
  /** The presets that were added. */
  presets: z.array(presetSchema).max(mostPresets).default([]),
  /** Whether it is being undone, and nothing else may become of it. */
  isUndoing: z.boolean(),
  /** Which list of chats belongs to it. Older versions of the app kept the list in this file, as `imported`. */
  list: z.string().max(64).default(""),
  imported: chats.optional(),
});
const listSchema = z.object({ list: z.string().max(64), imported: chats });
export type LastImport = Omit<z.output<typeof schema>, "list" | "imported">;
export type ImportedChats = z.output<typeof chats>;

/** More than an import of a million chats needs. */
const maxBytes = 200_000_000;

/**
 * The last import, in `last-import.json`, so that it can be undone after a restart, and what undoes it is completed. The
 * chats are in a file of their own, which is read only to undo it: it may be large, and each start reads the other one.
 */
export class ImportJournal {
  readonly #path: string;
  readonly #listPath: string;
  #list = "";

  constructor(home: string) {
    this.#path = join(home, "last-import.json");
    this.#listPath = join(home, "last-import-chats.json");
  }

  /** Resolves with null if there is none, or none that can be read. Never rejects. */
  async read(): Promise<LastImport | null> {
    const read = await readJsonOr(this.#path, schema, maxBytes, null);
    if (read === null) return null;
    const { list, imported, ...last } = read;
    this.#list = list;
    if (imported !== undefined) await this.write(last, imported);
    return last;
  }

  /** Resolves with the chats that were imported. None if the list cannot be read. Never rejects. */
  async readChats(): Promise<ImportedChats> {
    const read = await readJsonOr(this.#listPath, listSchema, maxBytes, null);
    return read !== null && read.list === this.#list ? read.imported : [];
  }

  /**
   * Keeps an import with its chats; without `imported`, those that were kept with it. Without the file, for example
   * because the disk is full, the import can be undone only before a restart. Never rejects.
   */
  async write(last: LastImport, imported?: ImportedChats): Promise<void> {
    try {
      if (imported !== undefined) {
        const list = randomUUID();
        await writeFileAtomic(this.#listPath, JSON.stringify({ list, imported }));
        this.#list = list;
      }
      await writeFileAtomic(this.#path, JSON.stringify({ ...last, list: this.#list }));
    } catch {
      // See above.
    }
  }

  /** Never rejects. */
  async remove(): Promise<void> {
    for (const path of [this.#path, this.#listPath]) await rm(path, { force: true }).catch(() => undefined);
  }
}
