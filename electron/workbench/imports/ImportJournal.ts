import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const id = z.string().min(1).max(64);
const count = z.number().int().min(0);
const schema = z.object({
  fileName: z.string().max(1000),
  chats: count,
  messages: count,
  skipped: count,
  /** The chats that were imported, and the folders that were made for them. */
  imported: z.array(z.object({ id, digest: z.string().max(100) })),
  folders: z.array(id),
  /** Whether it is being undone, and nothing else may become of it. */
  isUndoing: z.boolean(),
});
export type LastImport = z.output<typeof schema>;

/** More than an import of a million chats needs. */
const maxBytes = 200_000_000;

/** The last import, in `last-import.json`, so that it can be undone after a restart, and what undoes it is completed. */
export class ImportJournal {
  readonly #path: string;

  constructor(home: string) {
    this.#path = join(home, "last-import.json");
  }

  /** Resolves with null if there is none, or none that can be read. Never rejects. */
  read(): Promise<LastImport | null> {
    return readJsonOr(this.#path, schema, maxBytes, null);
  }

  /** Without it, for example because the disk is full, the import can be undone only before a restart. Never rejects. */
  async write(last: LastImport): Promise<void> {
    await writeFileAtomic(this.#path, JSON.stringify(last)).catch(() => undefined);
  }

  /** Never rejects. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined);
  }
}
