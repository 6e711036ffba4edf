import type { ComponentName } from "../../contract/componentNames.ts";
import type { Download, DownloadStatus } from "../../contract/downloads.ts";
import type { NetworkState } from "../../contract/network.ts";
import { type Problem, problemOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { checkedPath, checkedRepo, checkedRevision, partPaths } from "../hub/hubPaths.ts";
import type { HubTransport } from "../hub/HubTransport.ts";
import { componentsFolder } from "../components/componentFolder.ts";
import { ComponentJob } from "../components/ComponentJob.ts";
import type { ComponentRelease } from "../components/ComponentRelease.ts";
import { releaseOf } from "../components/releaseOf.ts";
import type { Answers, ParamsOf } from "../workers/PortCalls.ts";
import { DownloadEntry } from "./DownloadEntry.ts";
import { DownloadJob } from "./DownloadJob.ts";
import type { DownloadOperations } from "./downloadOperations.ts";
import {
  componentDownloadId,
  deleteDownloadFolder,
  downloadFolder,
  downloadId,
  type DownloadPlan,
  findPlans,
  prepareDownloadFolder,
  receivedParts,
  writePlan,
} from "./DownloadPlan.ts";
import type { RateLimit } from "./RateLimit.ts";
import { targetPath } from "./targetPath.ts";
import type { DownloadWaits } from "./downloadWaits.ts";

export interface DownloadQueueOptions {
  home: string;
  modelsFolder: string;
  /** What can be fetched apart from models. */
  releases: readonly ComponentRelease[];
  limit: RateLimit;
  reserveBytes: number;
  waits: DownloadWaits;
  /** Opens connections for a download: to the configured hub, or to the place that has the component. The queue closes them. */
  openTransport: (plan: Pick<DownloadPlan, "file" | "component">) => Promise<HubTransport>;
  isOffline: () => boolean;
  /** Called when Offline was turned on or off, before any download learns of it. */
  applyNetwork: (state: NetworkState) => void;
  onChange: () => void;
  /** Called when a model was added to the library, or a component installed. */
  onArrived: (component: ComponentName | null) => void;
}

/** The entry that is being downloaded, until it has ended. */
interface Turn {
  entry: DownloadEntry;
  stop: AbortController;
  /** Null while the hub's address is being requested. */
  job: Pick<DownloadJob, "run" | "wake"> | null;
  ended: Promise<void>;
}

/** The download queue: one download runs, the others wait in order. */
export class DownloadQueue implements Answers<DownloadOperations> {
  readonly #options: DownloadQueueOptions;
  /** In the order in which they will run. */
  #entries: DownloadEntry[] = [];
  #turn: Turn | null = null;
  /** The plans that were written or are being written, by the id of their download. */
  readonly #keeping = new Map<string, Promise<void>>();
  #closed = false;
  /** Those that are being cancelled. */
  readonly #cancelled = new Set<DownloadEntry>();

  constructor(options: DownloadQueueOptions) {
    this.#options = options;
  }

  /** Lists downloads that earlier runs left. None starts now; those that Offline paused do when it is turned off. */
  async findLeftOvers(): Promise<void> {
    const { modelsFolder, isOffline } = this.#options;
    const plans = [...(await findPlans(modelsFolder)), ...(await this.#componentPlans())];
    for (const { id, plan } of plans.toSorted((a, b) => a.plan.beganAt - b.plan.beganAt)) {
      const received = await receivedParts(downloadFolder(this.#baseOf(plan), id), plan.source?.parts ?? []);
      const receivedBytes = received.reduce((sum, bytes) => sum + bytes, 0);
      const reason = plan.awaitsOnline && isOffline() ? "offline" : "left-over";
      this.#entries.push(this.#newEntry(id, plan, { state: "paused", reason, problem: null }, receivedBytes));
    }
    this.#options.onChange();
  }

  list(): Download[] {
    const isOver = ({ state }: DownloadEntry): boolean => state === "done" || state === "failed";
    const inOrder = this.#entries.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)));
    return inOrder.map((entry) => this.#describe(entry));
  }

  /** Queues a download. Rejects with the error code of an unusable name. */
  async start({ file, acceptUnverified }: ParamsOf<DownloadOperations, "start">): Promise<Download> {
    checkedRepo(file.repo);
    checkedRevision(file.revision);
    const path = partPaths(checkedPath(file.path))?.[0];
    if (path === undefined || !/\.gguf$/i.test(path)) {
      throw new WorkbenchError("download-name-refused", { case: "notGguf" });
    }
    targetPath(this.#options.modelsFolder, file.repo, path);
    const wanted = { ...file, path };
    const id = downloadId(wanted);
    let entry = this.#known(id);
    if (entry === null) {
      entry = await this.#add(id, { file: wanted, component: null, acceptUnverified, source: null });
    } else if (acceptUnverified && !entry.plan.acceptUnverified) {
      entry.plan = { ...entry.plan, acceptUnverified };
      await this.#keepPlan(entry);
    }
    this.#enqueue(entry);
    return this.#describe(entry);
  }

  /** Queues a component. Rejects with `component-not-offered`. */
  async startComponent({ name }: ParamsOf<DownloadOperations, "startComponent">): Promise<Download> {
    const { base, mark, pieces } = releaseOf(this.#options.releases, name);
    const id = componentDownloadId(name, mark);
    const parts = pieces.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
    const source = { endpoint: base, commit: mark, parts };
    const entry =
      this.#known(id) ?? (await this.#add(id, { file: null, component: name, acceptUnverified: false, source }));
    this.#enqueue(entry);
    return this.#describe(entry);
  }

  async pause({ downloadId: id }: ParamsOf<DownloadOperations, "pause">): Promise<null> {
    const entry = this.#find(id);
    await this.#stop(entry);
    if (entry.state === "done" || entry.state === "failed") return null;
    entry.enter({ state: "paused", reason: "user", problem: null });
    await this.#setAwaitsOnline(entry, false);
    return null;
  }

  resume({ downloadId: id }: ParamsOf<DownloadOperations, "resume">): null {
    const entry = this.#find(id);
    if (entry.state !== "done") this.#enqueue(entry);
    return null;
  }

  /** Deletes the partial files. A completed download is only removed from the list. */
  async cancel({ downloadId: id }: ParamsOf<DownloadOperations, "cancel">): Promise<null> {
    const entry = this.#find(id);
    // It may be only about to begin, which would create its folder again.
    this.#cancelled.add(entry);
    try {
      await this.#stop(entry);
      await this.#keeping.get(id);
      if (entry.state !== "done") await deleteDownloadFolder(this.#baseOf(entry.plan), id);
      this.#remove(entry);
    } finally {
      this.#cancelled.delete(entry);
      this.#keeping.delete(id);
    }
    return null;
  }

  move({ downloadId: id, position }: ParamsOf<DownloadOperations, "move">): null {
    const entry = this.#find(id);
    if (entry.state !== "queued") return null;
    const others = this.#entries.filter((other) => other !== entry);
    const before = others.filter(({ state }) => state === "queued")[position - 1];
    const at = before === undefined ? others.length : others.indexOf(before);
    this.#entries = others.toSpliced(at, 0, entry);
    this.#options.onChange();
    return null;
  }

  limit({ bytesPerSecond }: ParamsOf<DownloadOperations, "limit">): null {
    this.#options.limit.set(bytesPerSecond);
    return null;
  }

  /** Pauses what is queued while nothing may connect. Everything that was paused for that reason resumes afterwards. */
  async offline(state: ParamsOf<DownloadOperations, "offline">): Promise<null> {
    this.#options.applyNetwork(state);
    const { isOffline } = state;
    const waiting: Promise<void>[] = [];
    for (const entry of this.#entries) {
      if (isOffline && entry.state === "queued") {
        entry.enter(pausedOffline);
        waiting.push(this.#setAwaitsOnline(entry, true));
      }
      if (!isOffline && entry.isPausedOffline) this.#enqueue(entry);
    }
    await Promise.all(waiting);
    return null;
  }

  /** Call when the machine has woken up. */
  wake(): void {
    this.#turn?.job?.wake();
  }

  get isActive(): boolean {
    return this.#turn !== null;
  }

  async close(): Promise<null> {
    this.#closed = true;
    await Promise.all(this.#entries.map((entry) => this.#stop(entry)));
    return null;
  }

  /**
   * Returns a requested download if it is in the list. One that is done leaves it: the job of another one finds out
   * whether the file still exists.
   */
  #known(id: string): DownloadEntry | null {
    const entry = this.#entries.find((known) => known.id === id);
    if (entry?.state !== "done") return entry ?? null;
    this.#remove(entry);
    return null;
  }

  /** Adds a new download, whose plan is kept. */
  async #add(
    id: string,
    what: Pick<DownloadPlan, "file" | "component" | "acceptUnverified" | "source">,
  ): Promise<DownloadEntry> {
    const plan: DownloadPlan = { ...what, version: 1, awaitsOnline: false, beganAt: Date.now() };
    const entry = this.#newEntry(id, plan, { state: "queued", position: 1 }, 0);
    this.#entries.push(entry);
    await this.#keepPlan(entry);
    return entry;
  }

  /** Adds the entry to the queue, unless it is already being downloaded. */
  #enqueue(entry: DownloadEntry): void {
    if (this.#turn?.entry !== entry) entry.enter({ state: "queued", position: 1 });
    this.#next();
  }

  #next(): void {
    if (this.#closed || this.#turn !== null) return;
    const entry = this.#entries.find((each) => each.state === "queued" && !this.#cancelled.has(each));
    if (entry === undefined) return;
    const turn: Turn = { entry, stop: new AbortController(), job: null, ended: Promise.resolve() };
    this.#turn = turn;
    entry.enter({ state: "starting" });
    turn.ended = this.#run(turn);
  }

  async #run(turn: Turn): Promise<void> {
    const { openTransport, onArrived } = this.#options;
    const { entry, stop } = turn;
    let transport: HubTransport | null = null;
    try {
      transport = await openTransport(entry.plan);
      turn.job = this.#jobFor(entry, transport, stop.signal);
      entry.enter({ state: "done", ...(await turn.job.run()) });
    } catch (error) {
      entry.enter(stop.signal.aborted ? { state: "paused", reason: "user", problem: null } : statusAfter(error));
    }
    await this.#setAwaitsOnline(entry, entry.isPausedOffline);
    if (entry.state === "done") onArrived(entry.plan.component);
    await transport?.close().catch(() => undefined);
    this.#turn = null;
    this.#next();
  }

  #jobFor(entry: DownloadEntry, transport: HubTransport, signal: AbortSignal): NonNullable<Turn["job"]> {
    const options = { ...this.#options, entry, transport, signal };
    const { file, component } = entry.plan;
    if (component !== null) return new ComponentJob({ ...options, release: releaseOf(options.releases, component) });
    if (file === null) throw new WorkbenchError("download-not-found");
    return new DownloadJob({ ...options, file });
  }

  /** Resolves with the unfinished downloads of components. Those of other versions of the app are deleted. */
  async #componentPlans(): ReturnType<typeof findPlans> {
    const { home, releases } = this.#options;
    const base = componentsFolder(home);
    const plans = await findPlans(base);
    const isCurrent = ({ plan: { component, source } }: (typeof plans)[number]): boolean =>
      releases.some(({ name, mark }) => name === component && mark === source?.commit);
    for (const plan of plans) if (!isCurrent(plan)) await deleteDownloadFolder(base, plan.id).catch(() => undefined);
    return plans.filter(isCurrent);
  }

  #baseOf({ component }: DownloadPlan): string {
    const { home, modelsFolder } = this.#options;
    return component === null ? modelsFolder : componentsFolder(home);
  }

  /** Stops an entry. Resolves once nothing more is being written. */
  async #stop(entry: DownloadEntry): Promise<void> {
    const turn = this.#turn;
    if (turn?.entry !== entry) return;
    turn.stop.abort();
    await turn.ended;
  }

  #newEntry(id: string, plan: DownloadPlan, status: DownloadStatus, receivedBytes: number): DownloadEntry {
    return new DownloadEntry({ id, plan, status, receivedBytes, onChange: this.#options.onChange });
  }

  #remove(entry: DownloadEntry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#options.onChange();
  }

  #describe(entry: DownloadEntry): Download {
    return entry.describe(this.#entries.filter(({ state }) => state === "queued").indexOf(entry) + 1);
  }

  /** Ignores a full disk or a missing folder: the job then meets and reports the same problem. */
  async #keepPlan({ id, plan }: DownloadEntry): Promise<void> {
    const folder = prepareDownloadFolder(this.#baseOf(plan), id);
    const keeping = folder.then((path) => writePlan(path, plan)).catch(() => undefined);
    this.#keeping.set(id, keeping);
    await keeping;
  }

  /** Remembers, also for the next start of the app, whether it resumes when Offline is turned off. */
  async #setAwaitsOnline(entry: DownloadEntry, awaitsOnline: boolean): Promise<void> {
    if (entry.plan.awaitsOnline === awaitsOnline || entry.state === "done") return;
    entry.plan = { ...entry.plan, awaitsOnline };
    await this.#keepPlan(entry);
  }

  #find(id: string): DownloadEntry {
    const entry = this.#entries.find((known) => known.id === id);
    if (entry === undefined) throw new WorkbenchError("download-not-found");
    return entry;
  }
}

const pausedOffline: DownloadStatus = { state: "paused", reason: "offline", problem: null };

/** Returns the status of a download that ended without a request of the user. */
function statusAfter(error: unknown): DownloadStatus {
  const problem = diskProblem(error) ?? toProblem(error);
  if (problem.code === "offline") return pausedOffline;
  if (problem.code === "download-disk-full") return { state: "paused", reason: "disk-full", problem };
  return { state: "failed", problem };
}

function diskProblem(error: unknown): Problem | null {
  if (error instanceof WorkbenchError || !(error instanceof Error) || !("syscall" in error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const full = code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
  return problemOf(full ? "download-disk-full" : "download-disk-failed", undefined, error.message);
}
