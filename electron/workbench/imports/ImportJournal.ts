import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { mostPresets, presetSchema } from "../../contract/presets.ts";
import { parseJsonFile, readJsonOr } from "../home/readJsonFile.ts";
import { readOwnFile } from "../home/readOwnFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { listFile, mostListBytes, sealList, unsealList } from "./importedList.ts";

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

/**
 * The last import, in `last-import.json`, so that it can be undone after a restart, and what undoes it is completed. The
 * chats are in a file of their own (`importedList.ts`), which is read only to undo it: it may be large, and each start reads
 * the other one. Without the files, for example because the disk is full, the import can be undone only before a restart.
 * What could not be written, perhaps because the chats were locked, is written with the next update.
 */
export class ImportJournal {
  readonly #home: string;
  readonly #path: string;
  readonly #key: () => StoreKey | null;
  #list = "";
  /** The chats, while their list is not on the disk. */
  #unkept: ImportedChats | null = null;

  /** @param key Returns the key of the chats, or null if they are not encrypted. Throws `chats-locked`. */
  constructor(home: string, key: () => StoreKey | null) {
    this.#home = home;
    this.#path = join(home, "last-import.json");
    this.#key = key;
  }

  /** Whether the list of the chats is on the disk, as far as there is one. */
  get isListKept(): boolean {
    return this.#unkept === null;
  }

  /** Resolves with null if there is none, or none that can be read. Never rejects. */
  async read(): Promise<LastImport | null> {
    const read = await readJsonOr(this.#path, schema, mostListBytes, null);
    if (read === null) return null;
    const { list, imported = null, fileName, ...last } = read;
    this.#list = list;
    this.#unkept = imported;
    if (imported !== null || fileName !== undefined) await this.update(last);
    return last;
  }

  /**
   * Resolves with the chats that were imported, or with null if the list is missing or another import's. Rejects with
   * `chats-locked`.
   */
  async readChats(): Promise<ImportedChats | null> {
    if (this.#unkept !== null) return this.#unkept;
    const key = this.#key();
    const file = await readOwnFile(listFile(this.#home, key !== null), mostListBytes);
    const text = file.state === "read" ? unsealList(file.text, key) : null;
    const read = text === null ? null : parseJsonFile(text, listSchema);
    if (read?.state !== "read") return null;
    const { list, imported } = read.value;
    return list !== "" && list === this.#list ? imported : null;
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
        const key = this.#key();
        const text = JSON.stringify({ list, imported: this.#unkept });
        await writeFileAtomic(listFile(this.#home, key !== null), sealList(text, key));
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
    const lists = [listFile(this.#home, true), listFile(this.#home, false)];
    for (const path of [this.#path, ...lists]) await rm(path, { force: true }).catch(() => undefined);
  }

  async #isOthers(): Promise<boolean> {
    const read = await readJsonOr(this.#path, schema, mostListBytes, null);
    return read !== null && read.list !== "" && read.list !== this.#list;
  }
}
