import { z } from "zod";
import { ggufFactsSchema } from "../../contract/models.ts";
import { problemSchema } from "../../contract/problemSchema.ts";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

/** Increment it if the reader finds more or different facts, so that files are read again. */
const readerVersion = 4;

const inspectionSchema = z.union([
  z.object({ facts: ggufFactsSchema }).strict(),
  z.object({ problem: problemSchema }).strict(),
]);
/** The result of reading a file: its facts, or why it cannot be used. */
export type Inspection = z.infer<typeof inspectionSchema>;

const cacheSchema = z.object({
  reader: z.literal(`${readerVersion}-${process.arch}`),
  files: z.record(z.string(), z.object({ fingerprint: z.string(), inspection: inspectionSchema })),
});
type Cache = z.infer<typeof cacheSchema>;

const maxFiles = 500;
/** Enough for entries with the longest chat templates. */
const maxFileBytes = 100_000_000;

/** Inspections by path, stored across restarts. If the cache cannot be read or written, files are only read again. */
export interface InspectCache {
  get(path: string, fingerprint: string): Promise<Inspection | null>;
  set(path: string, fingerprint: string, inspection: Inspection): void;
  /** Writes all changes since the last call. */
  save(): Promise<void>;
}

export function createInspectCache(path: string): InspectCache {
  const reading = readCache(path);
  let changed = false;
  let saving: Promise<void> = Promise.resolve();
  const fresh = new Map<string, Cache["files"][string]>();
  return {
    async get(file, fingerprint) {
      const entry = fresh.get(file) ?? (await reading).files[file];
      return entry?.fingerprint === fingerprint ? entry.inspection : null;
    },
    set(file, fingerprint, inspection) {
      fresh.set(file, { fingerprint, inspection });
      changed = true;
    },
    save() {
      saving = saving.then(async () => {
        if (!changed) return;
        changed = false;
        const all = Object.entries({ ...(await reading).files, ...Object.fromEntries(fresh) }).slice(-maxFiles);
        const cache: Cache = { reader: `${readerVersion}-${process.arch}`, files: Object.fromEntries(all) };
        await writeFileAtomic(path, JSON.stringify(cache)).catch(() => undefined);
      });
      return saving;
    },
  };
}

async function readCache(path: string): Promise<Cache> {
  const kept = await readJsonFile(path, cacheSchema, maxFileBytes);
  return kept.state === "read" ? kept.value : { reader: `${readerVersion}-${process.arch}`, files: {} };
}
