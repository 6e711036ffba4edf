import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Problem, problemOf, toProblem } from "../../contract/errors.ts";
import type { InstallKind, Release, UpdateState, UpdateStatus } from "../../contract/updates.ts";
import { makeOwnFolder } from "../home/makeOwnFolder.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import type { Notices } from "../Notices.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { hashOf } from "./hashOf.ts";
import { PartialFile } from "./PartialFile.ts";
import { isNewer, type ReleaseDocument, type ReleaseFile } from "./releaseDocument.ts";
import { ReleaseServer, type ReleaseServerOptions } from "./ReleaseServer.ts";
import { fileHosts, type UpdateSource } from "./UpdateSource.ts";
import { updatesFolder } from "./updatesFolder.ts";
import { type IdleTime, untilIdle, whileIdle } from "./whileIdle.ts";

export interface UpdatesOptions extends Omit<ReleaseServerOptions, "source" | "reason">, IdleTime {
  home: string;
  /** Of this app. */
  version: string;
  source: UpdateSource | null;
  install: InstallKind;
  settings: Pick<SettingsStore, "get" | "changed">;
  notices: Pick<Notices, "add">;
  onChange: (state: UpdateState) => void;
}

/** A file that was fetched and verified. */
export interface FetchedUpdate {
  path: string;
  file: ReleaseFile;
  version: string;
  publisher: string | null;
}

const keptSchema = z.object({
  /** When the server last answered with a description. */
  checkedAt: z.number().nullable(),
  /** When it was last asked, whatever came of that. */
  askedAt: z.number().nullable().default(null),
  /** The version whose installation was begun when the app quit. */
  installing: z.string().max(50).nullable(),
});
type Kept = z.output<typeof keptSchema>;
const maxKeptBytes = 10_000;

/** What the app can replace by itself. */
const replaceable: ReadonlySet<InstallKind> = new Set(["appimage", "nsis", "mac"]);

const dayMs = 24 * 60 * 60_000;
const firstLookMs = 30_000;
const lookAgainMs = 60 * 60_000;
const tellEveryMs = 250;

/** Looks for a newer version once a day, if the user has turned that on, and fetches it if the user says so. */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly #folder: string;
  readonly #keptFile: string;
  readonly #unsubscribe: () => void;
  #kept: Kept = { checkedAt: null, askedAt: null, installing: null };
  #status: UpdateStatus = { state: "idle" };
  #found: ReleaseDocument | null = null;
  #fetched: FetchedUpdate | null = null;
  #stop = new AbortController();
  /** What was given up may still be deleting its file. */
  #ended: Promise<void> = Promise.resolve();
  #stopLooking: () => void = () => undefined;
  #isOpen = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#folder = updatesFolder(options.home);
    this.#keptFile = join(options.home, "updates.json");
    let wasOn = this.#isOn;
    this.#unsubscribe = options.settings.changed.on(() => {
      if (this.#isOn === wasOn) return;
      wasOn = this.#isOn;
      if (wasOn) this.#look();
      else this.#forget();
    });
  }

  /** Begins to look once a day. Before, nothing is read, written or asked. */
  async open(): Promise<void> {
    if (this.#options.source === null) return;
    this.#kept = await readJsonOr(this.#keptFile, keptSchema, maxKeptBytes, this.#kept);
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
    const { installing } = this.#kept;
    if (installing !== null) {
      if (/^\d+\.\d+\.\d+$/.test(installing) && isNewer(installing, this.#options.version)) {
        this.#options.notices.add(problemOf("update-not-installed", { version: installing }));
      }
      await this.#keep({ installing: null });
    }
    this.#isOpen = true;
    this.#stopLooking = this.#options.clock.after(firstLookMs, () => this.#look());
    this.#tell();
  }

  state(): UpdateState {
    const { source, install } = this.#options;
    return {
      source: source && { host: new URL(source.releases).host, fileHosts: fileHosts(source) },
      install,
      checkedAt: this.#kept.checkedAt,
      status: this.#status,
    };
  }

  check(): UpdateState {
    if (this.#isOn && !this.#isAtWork) this.#check();
    return this.state();
  }

  download(): UpdateState {
    const file = this.#found && this.#fileOf(this.#found);
    const canBegin = this.#isOn && !this.#isAtWork && this.#fetched === null;
    if (canBegin && this.#found !== null && file && replaceable.has(this.#options.install)) {
      this.#download(this.#found, file);
    }
    return this.state();
  }

  cancel(): UpdateState {
    if (this.#isAtWork) {
      this.#stop.abort();
      this.#show(
        this.#found === null ? { state: "idle" } : { state: "available", release: this.#release(this.#found) },
      );
    }
    return this.state();
  }

  installOnQuit(onQuit: boolean): UpdateState {
    if (this.#status.state === "ready") this.#show({ ...this.#status, onQuit });
    return this.state();
  }

  /**
   * Resolves with the update that the user wants to have installed now that the app quits, or null. Its hash is compared
   * once more, because the file lay on the disk. If it is another one, the next start says that nothing was installed.
   */
  async toInstall(): Promise<FetchedUpdate | null> {
    const fetched = this.#fetched;
    if (fetched === null || this.#status.state !== "ready" || !this.#status.onQuit || !this.#isOn) return null;
    await this.#keep({ installing: fetched.version });
    return (await hashOf(fetched.path, fetched.file.sizeBytes)) === fetched.file.sha512 ? fetched : null;
  }

  close(): void {
    this.#isOpen = false;
    this.#unsubscribe();
    this.#stopLooking();
    this.#stop.abort();
  }

  get #isOn(): boolean {
    return this.#options.source !== null && this.#options.settings.get().checkUpdates;
  }

  get #isAtWork(): boolean {
    return ["waiting", "checking", "downloading"].includes(this.#status.state);
  }

  /** Asks if that was a day ago, and nothing newer is known. */
  #look(): void {
    if (!this.#isOpen) return;
    this.#stopLooking();
    this.#stopLooking = this.#options.clock.after(lookAgainMs, () => this.#look());
    const { network, clock } = this.#options;
    const { askedAt } = this.#kept;
    // A clock that was set back must not end the checks.
    const isDue = askedAt === null || Math.abs(clock.now() - askedAt) >= dayMs;
    if (this.#isOn && isDue && !network.state().isOffline && !this.#isAtWork && this.#fetched === null) {
      this.#check();
    }
  }

  #check(): void {
    const { clock } = this.#options;
    this.#work("check", { state: "checking" }, async (server, signal) => {
      this.#show({ state: "checking" });
      const { askedAt } = this.#kept;
      await this.#keep({ askedAt: clock.now() });
      let newest: ReleaseDocument;
      try {
        newest = await server.newest(signal);
      } catch (error) {
        // Nobody was asked, so the next look tries again.
        if (isUnreached(toProblem(error))) await this.#keep({ askedAt });
        throw error;
      }
      signal.throwIfAborted();
      await this.#keep({ checkedAt: clock.now() });
      const isUpdate = isNewer(newest.version, this.#options.version);
      this.#found = isUpdate ? newest : null;
      this.#fetched = null;
      this.#show(isUpdate ? { state: "available", release: this.#release(newest) } : { state: "current" });
    });
  }

  #download(found: ReleaseDocument, file: ReleaseFile): void {
    const release = this.#release(found);
    const { clock, source } = this.#options;
    this.#work("download", { state: "downloading", release, receivedBytes: 0 }, async (server, signal) => {
      makeOwnFolder(this.#folder);
      const path = join(this.#folder, file.name);
      const partial = await PartialFile.create(path);
      let toldAt = 0;
      const onBytes = (): void => {
        if (clock.now() - toldAt < tellEveryMs) return;
        toldAt = clock.now();
        this.#show({ state: "downloading", release, receivedBytes: partial.received });
      };
      try {
        const onWait = (): void => this.#wait("download");
        await whileIdle(this.#options, signal, onWait, async (either) => {
          this.#show({ state: "downloading", release, receivedBytes: partial.received });
          await server.fetch(found.version, file, partial, either, onBytes);
        });
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined);
        throw error;
      } finally {
        await partial.close();
      }
      signal.throwIfAborted();
      this.#fetched = { path, file, version: found.version, publisher: source?.publisher ?? null };
      this.#show({ state: "ready", release, onQuit: true });
    });
  }

  /** Does one thing at a time: what was going on is given up. `begun` is shown at once, so that nothing begins twice. */
  #work(
    purpose: "check" | "download",
    begun: UpdateStatus,
    work: (server: ReleaseServer, signal: AbortSignal) => Promise<void>,
  ): void {
    this.#stop.abort();
    const { source, isBusy } = this.#options;
    if (source === null) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#show(isBusy() ? { state: "waiting", for: purpose } : begun);
    this.#ended = this.#ended.then(() => this.#run(purpose, source, stop, work));
  }

  /** Never rejects. */
  async #run(
    purpose: "check" | "download",
    source: UpdateSource,
    stop: AbortController,
    work: (server: ReleaseServer, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const found = this.#found;
    const reason =
      purpose === "download" && found !== null
        ? ({ code: "updateFile", facts: { version: found.version } } as const)
        : ({ code: "update", facts: {} } as const);
    const server = new ReleaseServer({ ...this.#options, source, reason });
    try {
      await untilIdle(this.#options, stop.signal, () => this.#wait(purpose));
      await work(server, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#show({ state: "failed", problem: toProblem(error), release: found && this.#release(found) });
    } finally {
      await server.close().catch(() => undefined);
    }
  }

  #wait(purpose: "check" | "download"): void {
    if (this.#status.state !== "waiting") this.#show({ state: "waiting", for: purpose });
  }

  /** The setting was turned off. */
  #forget(): void {
    this.#stop.abort();
    this.#found = null;
    this.#fetched = null;
    this.#show({ state: "idle" });
    const remove = () => rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
    this.#ended = this.#ended.then(remove);
  }

  #fileOf({ files }: ReleaseDocument): ReleaseFile | null {
    return files.find(({ kind, arch }) => kind === this.#options.install && arch === process.arch) ?? null;
  }

  #release(found: ReleaseDocument): Release {
    const { version, date, notes } = found;
    const file = this.#fileOf(found);
    const page = `${this.#options.source?.releases ?? ""}/tag/v${version}`;
    return { version, date, notes, page, file: file && { name: file.name, sizeBytes: file.sizeBytes } };
  }

  /** What cannot be kept is asked again at the next start. */
  async #keep(change: Partial<Kept>): Promise<void> {
    this.#kept = { ...this.#kept, ...change };
    await writeFileAtomic(this.#keptFile, `${JSON.stringify(this.#kept)}\n`).catch(() => undefined);
  }

  #show(status: UpdateStatus): void {
    this.#status = status;
    this.#tell();
  }

  #tell(): void {
    this.#options.onChange(this.state());
  }
}

/** Whether no server got the question. */
function isUnreached(problem: Problem): boolean {
  return (
    problem.code === "offline" || (problem.code === "update-unreachable" && problem.facts?.["case"] === "noAnswer")
  );
}
