import { uptime } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Backend, backends } from "../../contract/engine.ts";
import type { Problem } from "../../contract/errors.ts";
import { median } from "../median.ts";
import { atMost } from "../atMost.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { isProcessAlive } from "../isProcessAlive.ts";
import { keepEntry, keptEntry, type KnownModel } from "../models/keptEntry.ts";
import { isSameFingerprint } from "../models/modelFiles.ts";

const moment = z.number().nonnegative();
const recordSchema = z.object({
  fingerprint: z.string(),
  lastUsedAt: moment.nullable().default(null),
  /** Speeds of the last replies with the backend used last, oldest first. */
  tokensPerSecond: z.array(z.number().positive()).max(10).default([]),
  /** The backend used last. Null in data of an earlier version. */
  backend: z.enum(backends).nullable().default(null),
  /** Speeds of the last replies with other backends. */
  otherBackends: z.partialRecord(z.enum(backends), z.array(z.number().positive()).max(10)).default({}),
  /** Number of crashes of the engine since the last successful reply. */
  crashes: z.number().int().nonnegative().default(0),
  mark: z
    .object({
      at: moment,
      cause: z.enum(["stopped", "hung", "memory", "appEnded"]).catch("stopped"),
      /** For bug reports. A sentence in data that an earlier version wrote. */
      reason: z.string().default(""),
    })
    .nullable()
    .default(null),
  /** The process that is loading it. It remains set if that process dies during the load. */
  loading: z.object({ pid: z.number().int(), at: moment }).nullable().default(null),
});
/** What is stored on this machine about the use of one model file. */
export type ModelUseRecord = z.infer<typeof recordSchema>;

const fileSchema = z.object({ models: z.record(z.string(), recordSchema) });
type Records = Map<string, ModelUseRecord>;
type Reply = { tokens: number; tokensPerSecond: number | null; backend?: Backend | null };

const maxModels = 1000;
const maxFileBytes = 10_000_000;
const keptSpeeds = 10;
/** In shorter replies, the start has too much influence on the speed. */
const fewestTokens = 8;

/** A model with a fingerprint of its file. A different file in its place has a new record. */
export interface UsedModel extends KnownModel {
  fingerprint: string;
}

export type ModelUse = ReturnType<typeof createModelUse>;

/**
 * When and how well each model worked here, stored in `model-use.json`. If the file cannot be written, only this
 * information is lost.
 */
export function createModelUse(home: string, now: () => number = Date.now) {
  const path = join(home, "model-use.json");
  const inTurn = atMost(1);

  async function readRecords(): Promise<Records> {
    return new Map(Object.entries((await readJsonOr(path, fileSchema, maxFileBytes, { models: {} })).models));
  }

  function change(apply: (records: Records) => void): Promise<void> {
    const changed = inTurn(async () => {
      const records = await readRecords();
      apply(records);
      const newest = [...records]
        .toSorted(([, one], [, other]) => (one.lastUsedAt ?? 0) - (other.lastUsedAt ?? 0))
        .slice(-maxModels);
      await writeFileAtomic(path, JSON.stringify({ models: Object.fromEntries(newest) }));
    });
    return changed.catch(() => undefined);
  }

  function changeOne(model: UsedModel, apply: (record: ModelUseRecord) => void): Promise<void> {
    const { fingerprint } = model;
    return change((records) => {
      const known = keptEntry(records, model);
      const isSame = known !== undefined && isSameFingerprint(known.fingerprint, fingerprint);
      const record = isSame ? known : recordSchema.parse({ fingerprint });
      apply(record);
      keepEntry(records, model, record);
    });
  }

  return {
    /** Resolves with the records, for `keptEntry`. Read each time, because the app and the terminal share the file. */
    async read(): Promise<ReadonlyMap<string, ModelUseRecord>> {
      const records = await inTurn(readRecords);
      return new Map([...records].map(([key, record]) => [key, withDeadLoad(record)]));
    },
    /**
     * Records the start of a load. Must be awaited before native code sees the file, so that a crash during the load
     * can be detected afterwards.
     */
    loadBegins: (model: UsedModel): Promise<void> =>
      changeOne(model, (record) => {
        record.loading = { pid: process.pid, at: now() };
      }),
    /** Records that the load has ended in any way except a crash of the engine. */
    loadEnds: (model: UsedModel): Promise<void> =>
      changeOne(model, (record) => {
        record.loading = null;
      }),
    /** Records that the engine crashed during its load or reply. Resolves with whether the model is now marked. */
    async crashed(model: UsedModel, problem: Problem, trusted: boolean): Promise<boolean> {
      let marked = false;
      await changeOne(model, (record) => {
        record.loading = null;
        record.crashes++;
        // One crash of a model that has worked here may have another cause. A second one in a row has not.
        const proven = trusted || record.lastUsedAt !== null;
        marked = record.crashes >= (proven ? 2 : 1);
        if (marked)
          record.mark = { at: now(), cause: crashCause(problem), reason: (problem.detail ?? "").slice(0, 500) };
      });
      return marked;
    },
    replied: (model: UsedModel, { tokens, tokensPerSecond, backend = null }: Reply): Promise<void> =>
      changeOne(model, (record) => {
        record.lastUsedAt = now();
        record.crashes = 0;
        if (backend !== null) moveTo(record, backend);
        if (tokensPerSecond === null || !(tokensPerSecond > 0) || tokens < fewestTokens) return;
        record.tokensPerSecond = [...record.tokensPerSecond, tokensPerSecond].slice(-keptSpeeds);
      }),
    /** Clears the mark, because the user wants to try the model again. */
    clearMark: (model: KnownModel): Promise<void> =>
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

/** Returns whether a failure is a crash or hang of the engine, and not an error that it reported. */
export function isCrash({ code }: Problem): boolean {
  return code === "engine-down" || code === "engine-hung" || code === "engine-out-of-memory";
}

function crashCause({ code }: Problem): NonNullable<ModelUseRecord["mark"]>["cause"] {
  if (code === "engine-hung") return "hung";
  return code === "engine-out-of-memory" ? "memory" : "stopped";
}

/** Makes a backend the one whose speeds are recorded. */
function moveTo(record: ModelUseRecord, backend: Backend): void {
  if (record.backend === backend) return;
  if (record.backend !== null) {
    record.otherBackends[record.backend] = record.tokensPerSecond;
    record.tokensPerSecond = record.otherBackends[backend] ?? [];
    delete record.otherBackends[backend];
  }
  record.backend = backend;
}

/**
 * Returns the median speeds of the last replies by backend. Null stands for the one that was used before they were told
 * apart.
 */
export function speedsByBackend(record: ModelUseRecord): { backend: Backend | null; tokensPerSecond: number }[] {
  const others = Object.entries(record.otherBackends) as [Backend, number[]][];
  const all: [Backend | null, number[]][] = [[record.backend, record.tokensPerSecond], ...others];
  return all.flatMap(([backend, speeds]) =>
    speeds.length === 0 ? [] : [{ backend, tokensPerSecond: median(speeds) }],
  );
}

/** Returns the median speed of the last replies, or null if there are none. */
export function medianSpeed({ tokensPerSecond }: ModelUseRecord): number | null {
  return tokensPerSecond.length === 0 ? null : median(tokensPerSecond);
}

function withDeadLoad(record: ModelUseRecord): ModelUseRecord {
  const { loading, mark } = record;
  if (mark !== null || loading === null || isLoading(loading)) return record;
  return { ...record, mark: { at: loading.at, cause: "appEnded", reason: "" } };
}

/**
 * Returns whether that process is still running and is not a later one with the same pid after a restart of the
 * machine.
 */
function isLoading({ pid, at }: NonNullable<ModelUseRecord["loading"]>): boolean {
  if (pid === process.pid) return true;
  if (at < Date.now() - uptime() * 1000) return false;
  return isProcessAlive(pid);
}
