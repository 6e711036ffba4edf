import { uptime } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "../../contract/errors.ts";
import { median } from "../median.ts";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { keepEntry, keptEntry, type KnownModel } from "../models/keptEntry.ts";

const moment = z.number().nonnegative();
const recordSchema = z.object({
  fingerprint: z.string(),
  lastUsedAt: moment.nullable().default(null),
  /** Of the last replies, oldest first. */
  tokensPerSecond: z.array(z.number().positive()).max(10).default([]),
  /** Crashes of the engine since the last good reply. */
  crashes: z.number().int().nonnegative().default(0),
  mark: z
    .object({
      at: moment,
      cause: z.enum(["stopped", "hung", "memory", "appEnded"]).catch("stopped"),
      /** For bug reports; a sentence in what an earlier version wrote. */
      reason: z.string().default(""),
    })
    .nullable()
    .default(null),
  /** The process that is loading it. It stays when that process dies with the load. */
  loading: z.object({ pid: z.number().int(), at: moment }).nullable().default(null),
});
/** What this machine knows of using one model file. */
export type ModelUseRecord = z.infer<typeof recordSchema>;

const fileSchema = z.object({ models: z.record(z.string(), recordSchema) });
type Records = Map<string, ModelUseRecord>;

const maxModels = 1000;
const maxFileBytes = 10_000_000;
const keptSpeeds = 10;
/** Shorter replies measure the start more than the pace. */
const fewestTokens = 8;

/** A model with what tells its file from another one in its place, which starts anew. */
export interface UsedModel extends KnownModel {
  fingerprint: string;
}

/** When and how well each model worked here, in `model-use.json`. A file that cannot be written only forgets. */
export interface ModelUse {
  /** What is known, for `keptEntry`; read anew each time, since the app and the terminal share the file. */
  read(): Promise<ReadonlyMap<string, ModelUseRecord>>;
  /** To be awaited before native code sees the file: a death during the load is then known afterwards. */
  loadBegins(model: UsedModel): Promise<void>;
  /** The load came to an end of whatever kind, the engine's death excepted. */
  loadEnds(model: UsedModel): Promise<void>;
  /** The engine died of its load or reply. Answers whether the model is marked now. */
  crashed(model: UsedModel, problem: Problem, trusted: boolean): Promise<boolean>;
  replied(model: UsedModel, reply: { tokens: number; tokensPerSecond: number | null }): Promise<void>;
  /** A person wants to try it again. */
  clearMark(model: KnownModel): Promise<void>;
}

export function createModelUse(home: string, now: () => number = Date.now): ModelUse {
  const path = join(home, "model-use.json");
  let writing: Promise<unknown> = Promise.resolve();

  function change(apply: (records: Records) => void): Promise<void> {
    const result = writing.then(async () => {
      const records = await readRecords(path);
      apply(records);
      const newest = [...records]
        .toSorted(([, one], [, other]) => (one.lastUsedAt ?? 0) - (other.lastUsedAt ?? 0))
        .slice(-maxModels);
      await writeFileAtomic(path, JSON.stringify({ models: Object.fromEntries(newest) }));
    });
    writing = result.catch(() => undefined);
    return result.catch(() => undefined);
  }

  function changeOne(model: UsedModel, apply: (record: ModelUseRecord) => void): Promise<void> {
    const { fingerprint } = model;
    return change((records) => {
      const known = keptEntry(records, model);
      const record = known?.fingerprint === fingerprint ? known : recordSchema.parse({ fingerprint });
      apply(record);
      keepEntry(records, model, record);
    });
  }

  return {
    async read() {
      await writing;
      const records = await readRecords(path);
      return new Map([...records].map(([key, record]) => [key, withDeadLoad(record)]));
    },
    loadBegins: (model) =>
      changeOne(model, (record) => {
        record.loading = { pid: process.pid, at: now() };
      }),
    loadEnds: (model) =>
      changeOne(model, (record) => {
        record.loading = null;
      }),
    async crashed(model, problem, trusted) {
      let marked = false;
      await changeOne(model, (record) => {
        record.loading = null;
        record.crashes++;
        // One crash of a model that has worked here may be the machine's doing; a second one in a row is not.
        const proven = trusted || record.lastUsedAt !== null;
        marked = record.crashes >= (proven ? 2 : 1);
        if (marked)
          record.mark = { at: now(), cause: crashCause(problem), reason: (problem.detail ?? "").slice(0, 500) };
      });
      return marked;
    },
    replied: (model, { tokens, tokensPerSecond }) =>
      changeOne(model, (record) => {
        record.lastUsedAt = now();
        record.crashes = 0;
        if (tokensPerSecond === null || !(tokensPerSecond > 0) || tokens < fewestTokens) return;
        record.tokensPerSecond = [...record.tokensPerSecond, tokensPerSecond].slice(-keptSpeeds);
      }),
    clearMark: (model) =>
      change((records) => {
        const record = keptEntry(records, model);
        if (record === undefined) return;
        record.mark = null;
        record.crashes = 0;
        if (record.loading !== null && !isLoading(record.loading)) record.loading = null;
        keepEntry(records, model, record);
      }),
  };
}

/** Whether a failure is the engine's death or hanging, rather than an answer of it. */
export function isCrash({ code }: Problem): boolean {
  return code === "engine-down" || code === "engine-hung" || code === "engine-out-of-memory";
}

function crashCause({ code }: Problem): NonNullable<ModelUseRecord["mark"]>["cause"] {
  if (code === "engine-hung") return "hung";
  return code === "engine-out-of-memory" ? "memory" : "stopped";
}

/** The middle of the last replies' speeds; null without any. */
export function medianSpeed({ tokensPerSecond }: ModelUseRecord): number | null {
  return tokensPerSecond.length === 0 ? null : median(tokensPerSecond);
}

function withDeadLoad(record: ModelUseRecord): ModelUseRecord {
  const { loading, mark } = record;
  if (mark !== null || loading === null || isLoading(loading)) return record;
  return { ...record, mark: { at: loading.at, cause: "appEnded", reason: "" } };
}

/** Whether that process still runs, and is not a later one of the same number after a restart of the machine. */
function isLoading({ pid, at }: NonNullable<ModelUseRecord["loading"]>): boolean {
  if (pid === process.pid) return true;
  if (at < Date.now() - uptime() * 1000) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readRecords(path: string): Promise<Records> {
  const kept = await readJsonFile(path, fileSchema, maxFileBytes);
  return new Map(kept.state === "read" ? Object.entries(kept.value.models) : []);
}
