import type { Download, DownloadStatus } from "../../contract/downloads.ts";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { checkedPath, checkedRepo, checkedRevision, modelNameOf, partPaths } from "../hub/hubPaths.ts";
import type { HubTransport } from "../hub/HubTransport.ts";
import type { Answers, ParamsOf } from "../workers/PortCalls.ts";
import { DownloadJob, deleteParts } from "./DownloadJob.ts";
import type { DownloadOperations } from "./downloadOperations.ts";
import {
  downloadFolder,
  downloadId,
  type DownloadPlan,
  findPlans,
  partFile,
  prepareDownloadFolder,
  writePlan,
} from "./DownloadPlan.ts";
import { PartFile } from "./PartFile.ts";
import type { RateLimit } from "./RateLimit.ts";
import { targetPath } from "./targetPath.ts";

export interface DownloadQueueOptions {
  modelsFolder: string;
  limit: RateLimit;
  reserveBytes: number;
  firstRetryMs: number | undefined;
  /** The hub as it is configured now; the queue closes it. */
  openTransport: () => Promise<HubTransport>;
  onChange: () => void;
  /** A model came into the library. */
  onArrived: () => void;
}

interface Entry {
  id: string;
  plan: DownloadPlan;
  receivedBytes: number;
  restarted: Problem | null;
  /** While its job runs, the job knows better. */
  status: DownloadStatus;
  job: DownloadJob | null;
  /** From its turn on until it ends; it has no job yet while the hub's address is asked for. */
  isRunning: boolean;
  stop: AbortController;
  ended: Promise<void>;
}

/** Why a job is stopped from outside. */
type StopReason = "paused" | "cancelled" | "closing";

/** The downloads: one runs, the others wait in order. */
export class DownloadQueue implements Answers<DownloadOperations> {
  readonly #options: DownloadQueueOptions;
  /** In the order they will run. */
  #entries: Entry[] = [];
  #closed = false;

  constructor(options: DownloadQueueOptions) {
    this.#options = options;
  }

  /** Lists what earlier runs left; nothing starts by itself. */
  async findLeftOvers(): Promise<void> {
    for (const { id, plan } of await findPlans(this.#options.modelsFolder)) {
      if (this.#entries.some((entry) => entry.id === id)) continue;
      const entry = newEntry(id, plan, { state: "paused", reason: "left-over", problem: null });
      entry.receivedBytes = await this.#receivedOf(entry);
      this.#entries.push(entry);
    }
    this.#options.onChange();
  }

  list(): Download[] {
    const over = (entry: Entry): number => Number(entry.status.state === "done" || entry.status.state === "failed");
    return this.#entries.toSorted((a, b) => over(a) - over(b)).map((entry) => this.#describe(entry));
  }

  /** Fails with the code of an unusable name. */
  async start({ file, acceptUnverified }: ParamsOf<DownloadOperations, "start">): Promise<Download> {
    const path = partPaths(checkedPath(file.path))?.[0];
    checkedRepo(file.repo);
    checkedRevision(file.revision);
    if (path === undefined || !/\.gguf$/i.test(path)) {
      throw new WorkbenchError("download-name-refused", "Only GGUF files can be downloaded.");
    }
    targetPath(this.#options.modelsFolder, file.repo, path);
    const wanted = { ...file, path };
    const id = downloadId(wanted);
    let entry = this.#entries.find((known) => known.id === id);
    if (entry?.status.state === "done") {
      // Asked for again: whether the file is still there, the job finds out.
      this.#entries = this.#entries.filter((known) => known !== entry);
      entry = undefined;
    }
    if (entry === undefined) {
      const plan: DownloadPlan = { version: 1, file: wanted, acceptUnverified, beganAt: Date.now(), source: null };
      entry = newEntry(id, plan, { state: "queued", position: 1 });
      await this.#keepPlan(entry);
      this.#entries.push(entry);
    } else if (acceptUnverified && !entry.plan.acceptUnverified) {
      entry.plan = { ...entry.plan, acceptUnverified };
      await this.#keepPlan(entry);
    }
    if (!entry.isRunning) entry.status = { state: "queued", position: 1 };
    this.#next();
    return this.#describe(entry);
  }

  async pause({ downloadId }: ParamsOf<DownloadOperations, "pause">): Promise<null> {
    const entry = this.#find(downloadId);
    await this.#stop(entry, "paused");
    if (entry.status.state === "done" || entry.status.state === "failed") return null;
    entry.status = { state: "paused", reason: "user", problem: null };
    this.#next();
    return null;
  }

  resume({ downloadId }: ParamsOf<DownloadOperations, "resume">): null {
    const entry = this.#find(downloadId);
    if (entry.isRunning || entry.status.state === "done") return null;
    entry.status = { state: "queued", position: 1 };
    this.#next();
    return null;
  }

  /** Its parts are deleted; a finished one only leaves the list. */
  async cancel({ downloadId }: ParamsOf<DownloadOperations, "cancel">): Promise<null> {
    const entry = this.#find(downloadId);
    await this.#stop(entry, "cancelled");
    if (entry.status.state !== "done") await deleteParts(this.#options.modelsFolder, downloadId);
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#next();
    return null;
  }

  move({ downloadId, position }: ParamsOf<DownloadOperations, "move">): null {
    const entry = this.#find(downloadId);
    if (entry.status.state !== "queued") return null;
    const others = this.#entries.filter((other) => other !== entry);
    const queued = others.filter(({ status }) => status.state === "queued");
    const before = queued[position - 1];
    const at = before === undefined ? others.length : others.indexOf(before);
    this.#entries = [...others.slice(0, at), entry, ...others.slice(at)];
    this.#options.onChange();
    return null;
  }

  limit({ bytesPerSecond }: ParamsOf<DownloadOperations, "limit">): null {
    this.#options.limit.set(bytesPerSecond);
    return null;
  }

  /** The machine slept. */
  wake(): void {
    for (const { job } of this.#entries) job?.wake();
  }

  get isActive(): boolean {
    return this.#entries.some(({ isRunning }) => isRunning);
  }

  async close(): Promise<null> {
    this.#closed = true;
    await Promise.all(this.#entries.map((entry) => this.#stop(entry, "closing")));
    return null;
  }

  #next(): void {
    this.#options.onChange();
    if (this.#closed || this.isActive) return;
    const entry = this.#entries.find(({ status }) => status.state === "queued");
    if (entry === undefined) return;
    entry.stop = new AbortController();
    entry.status = { state: "starting" };
    entry.isRunning = true;
    entry.ended = this.#run(entry);
  }

  async #run(entry: Entry): Promise<void> {
    const { modelsFolder, limit, reserveBytes, firstRetryMs, openTransport, onChange, onArrived } = this.#options;
    let transport: HubTransport | null = null;
    try {
      transport = await openTransport();
      // Another hub's commit may stand for other files.
      if (entry.plan.source !== null && entry.plan.source.endpoint !== transport.endpoint) {
        entry.plan = { ...entry.plan, source: null };
      }
      const job = new DownloadJob({
        id: entry.id,
        plan: entry.plan,
        modelsFolder,
        transport,
        limit,
        signal: entry.stop.signal,
        reserveBytes,
        firstRetryMs,
        onChange,
      });
      entry.job = job;
      const { path, sha256 } = await job.run();
      const verified = job.plan.source?.parts.every((part) => part.sha256 !== null) ?? false;
      entry.status = { state: "done", path, sha256, verified };
    } catch (error) {
      entry.status = entry.stop.signal.aborted ? entry.status : statusOf(error);
    } finally {
      if (entry.job !== null) {
        entry.plan = entry.job.plan;
        entry.receivedBytes = entry.job.receivedBytes;
        entry.restarted = entry.job.restarted;
        entry.job = null;
      }
      entry.isRunning = false;
      // Not before: while there is a job, the entry stands as that says.
      if (entry.status.state === "done") onArrived();
      await transport?.close().catch(() => undefined);
      this.#next();
    }
  }

  async #stop(entry: Entry, reason: StopReason): Promise<void> {
    entry.stop.abort(new Error(reason));
    await entry.ended;
  }

  #describe(entry: Entry): Download {
    const { id, plan, job } = entry;
    const source = (job?.plan ?? plan).source;
    const sizeBytes = source === null ? null : source.parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    const received = job?.receivedBytes ?? entry.receivedBytes;
    const receivedBytes = Math.max(0, sizeBytes === null ? received : Math.min(received, sizeBytes));
    const status = job?.status ?? entry.status;
    const bytesPerSecond = status.state === "running" ? (job?.meter.bytesPerSecond() ?? null) : null;
    const restBytes = sizeBytes === null ? null : sizeBytes - receivedBytes;
    return {
      id,
      name: modelNameOf(plan.file.path),
      file: plan.file,
      commit: source?.commit ?? null,
      parts: source?.parts.length ?? partPaths(plan.file.path)?.length ?? 1,
      sizeBytes,
      receivedBytes: status.state === "done" && sizeBytes !== null ? sizeBytes : receivedBytes,
      bytesPerSecond,
      secondsLeft:
        restBytes === null || bytesPerSecond === null || bytesPerSecond === 0
          ? null
          : Math.ceil(restBytes / bytesPerSecond),
      restarted: job?.restarted ?? entry.restarted,
      status: status.state === "queued" ? { state: "queued", position: this.#positionOf(entry) } : status,
    };
  }

  #positionOf(entry: Entry): number {
    return this.#entries.filter(({ status }) => status.state === "queued").indexOf(entry) + 1;
  }

  /** A full disk or a missing folder is no reason to refuse: the job meets it again, and says so. */
  async #keepPlan({ id, plan }: Entry): Promise<void> {
    const folder = prepareDownloadFolder(this.#options.modelsFolder, id);
    await folder.then((path) => writePlan(path, plan)).catch(() => undefined);
  }

  async #receivedOf({ id, plan }: Entry): Promise<number> {
    const folder = downloadFolder(this.#options.modelsFolder, id);
    let receivedBytes = 0;
    for (const [index, { sizeBytes }] of plan.source?.parts.entries() ?? []) {
      const part = await PartFile.open(partFile(folder, index), sizeBytes).catch(() => null);
      receivedBytes += part?.map.receivedBytes ?? 0;
      await part?.close();
    }
    return receivedBytes;
  }

  #find(id: string): Entry {
    const entry = this.#entries.find((known) => known.id === id);
    if (entry === undefined) throw new WorkbenchError("download-not-found");
    return entry;
  }
}

function newEntry(id: string, plan: DownloadPlan, status: DownloadStatus): Entry {
  return {
    id,
    plan,
    receivedBytes: 0,
    restarted: null,
    status,
    job: null,
    isRunning: false,
    stop: new AbortController(),
    ended: Promise.resolve(),
  };
}

/** How a download that ended by itself stands. */
function statusOf(error: unknown): DownloadStatus {
  const problem = diskProblem(error) ?? toProblem(error);
  if (problem.code === "download-disk-full") return { state: "paused", reason: "disk-full", problem };
  return { state: "failed", problem };
}

function diskProblem(error: unknown): Problem | null {
  if (error instanceof WorkbenchError || !(error instanceof Error) || !("syscall" in error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const full = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
  const ours = full ? "download-disk-full" : "download-disk-failed";
  return { code: ours, message: "", detail: error.message };
}
