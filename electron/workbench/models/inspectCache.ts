import { z } from "zod";
import { isErrorCode, type ErrorCode, type Problem } from "../../contract/errors.ts";
import { factsSchema as problemFactsSchema } from "../../contract/factsSchema.ts";
import type { GgufFacts } from "../../contract/models.ts";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

/** Raise it when the reader finds more or other facts, so that old entries are read anew. */
const readerVersion = 3;

const whole = z.number().int().nonnegative();
const problemSchema = z.object({
  code: z.custom<ErrorCode>(isErrorCode),
  facts: problemFactsSchema.optional(),
  message: z.string(),
  detail: z.string().optional(),
}) satisfies z.ZodType<Problem>;
const shapeSchema = z.object({
  layers: whole,
  width: whole,
  heads: whole,
  keyValueHeads: z.number().nonnegative(),
  keyLength: whole,
  valueLength: whole,
  feedForward: whole,
  vocabulary: whole,
  experts: whole,
  activeExperts: whole,
  latentKeyValueElements: whole.nullable(),
  weightsBytes: whole,
  repackableBytes: whole,
  largestTensorBytes: whole,
});
const matricesSchema = z.object({
  typeName: z.string().nullable(),
  use: z.enum(["layers", "experts", "output"]),
  weights: whole,
  sizeBytes: whole,
});
const samplingSchema = z.object({
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  minP: z.number().optional(),
});
const factsSchema = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  parameters: whole,
  quantization: z.string(),
  contextLength: whole.nullable(),
  layers: whole.nullable(),
  sizeBytes: whole,
  chatTemplate: z.string().nullable(),
  licence: z.string().nullable(),
  family: z.enum(["r1", "other"]),
  shape: shapeSchema.nullable(),
  matrices: z.array(matricesSchema),
  sampling: samplingSchema.optional(),
  problems: z.array(problemSchema),
}) satisfies z.ZodType<GgufFacts>;

const inspectionSchema = z.union([
  z.object({ facts: factsSchema }).strict(),
  z.object({ problem: problemSchema }).strict(),
]);
/** What reading a file gave: its facts, or why it cannot be used. */
export type Inspection = z.infer<typeof inspectionSchema>;

const cacheSchema = z.object({
  reader: z.literal(`${readerVersion}-${process.arch}`),
  files: z.record(z.string(), z.object({ fingerprint: z.string(), inspection: inspectionSchema })),
});
type Cache = z.infer<typeof cacheSchema>;

const maxFiles = 500;
/** Enough for entries with the longest chat templates. */
const maxFileBytes = 100_000_000;

/** Inspections by path, kept between starts. A cache that cannot be read or written only costs time. */
export interface InspectCache {
  get(path: string, fingerprint: string): Promise<Inspection | null>;
  set(path: string, fingerprint: string, inspection: Inspection): void;
  /** Writes what was set since the last time. */
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
