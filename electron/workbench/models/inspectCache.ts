import { z } from "zod";
import { ggufFactsSchema } from "../../contract/models.ts";
import { problemSchema } from "../../contract/problemSchema.ts";
import { atMost } from "../atMost.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

/** Increment it if the reader finds more or different facts, so that files are read again. */
const readerVersion = 6;

const inspectionSchema = z.union([
  z.object({ facts: ggufFactsSchema }).strict(),
  z.object({ problem: problemSchema }).strict(),
]);
/** The result of reading a file: its facts, or why it cannot be used. */
export type Inspection = z.infer<typeof inspectionSchema>;

const reader = `${readerVersion}-${process.arch}` as const;
const cacheSchema = z.object({
  reader: z.literal(reader),
  files: z.record(z.string(), z.object({ fingerprint: z.string(), inspection: inspectionSchema })),
});
type Cache = z.infer<typeof cacheSchema>;

const maxFiles = 500;
/** Enough for entries with the longest chat templates. */
const maxFileBytes = 100_000_000;

/** Inspections by path, stored across restarts. If the cache cannot be read or written, files are only read again. */
export function createInspectCache(path: string) {
  const reading: Promise<Cache> = readJsonOr(path, cacheSchema, maxFileBytes, { reader, files: {} });
  let changed = false;
  const inTurn = atMost(1);
  const fresh = new Map<string, Cache["files"][string]>();
  return {
    async get(file: string, fingerprint: string): Promise<Inspection | null> {
      const entry = fresh.get(file) ?? (await reading).files[file];
      return entry?.fingerprint === fingerprint ? entry.inspection : null;
    },
    set(file: string, fingerprint: string, inspection: Inspection): void {
      fresh.set(file, { fingerprint, inspection });
      changed = true;
    },
    /** Writes all changes since the last call. */
    save: (): Promise<void> =>
      inTurn(async () => {
        if (!changed) return;
        changed = false;
        const all = Object.entries({ ...(await reading).files, ...Object.fromEntries(fresh) }).slice(-maxFiles);
        const cache: Cache = { reader, files: Object.fromEntries(all) };
        await writeFileAtomic(path, JSON.stringify(cache)).catch(() => undefined);
      }),
  };
}
