import { z } from "zod";
import { atMost } from "../atMost.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { keepEntry, keptEntry, type KnownModel } from "./keptEntry.ts";

const maxFileBytes = 10_000_000;

/** One entry per model, by id, in a file in the home folder. A damaged file is set aside, never overwritten. */
export class ModelRecords<Entry> {
  readonly #file: string;
  readonly #schema: z.ZodType<Record<string, Entry>>;
  readonly #inTurn = atMost(1);

  constructor(file: string, entry: z.ZodType<Entry>) {
    this.#file = file;
    this.#schema = z.record(z.string(), entry);
  }

  async get(model: KnownModel): Promise<Entry | null> {
    const all = await this.#inTurn(() => this.#read());
    return (all && keptEntry(all, model)) ?? null;
  }

  /**
   * Sets an entry, or removes it for null. It is on disk before this resolves. Rejects with the file system's error;
   * the old entry then stays.
   */
  set(model: KnownModel, entry: Entry | null): Promise<void> {
    return this.#inTurn(async () => {
      const all = await this.#read();
      if (all === null) await setAside(this.#file);
      const next = all ?? new Map<string, Entry>();
      keepEntry(next, model, entry);
      await writeFileAtomic(this.#file, JSON.stringify(Object.fromEntries(next), null, 2));
    });
  }

  /** Resolves with null if the file is damaged. */
  async #read(): Promise<Map<string, Entry> | null> {
    const kept = await readJsonFile(this.#file, this.#schema, maxFileBytes);
    if (kept.state === "damaged") return null;
    return new Map(kept.state === "read" ? Object.entries(kept.value) : []);
  }
}
