import { lstat, rename, rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { DownloadStatus } from "../../contract/downloads.ts";
import { type Problem, toProblem, WorkbenchError } from "../../contract/errors.ts";
import { HubClient, type HubPart } from "../hub/HubClient.ts";
import type { HubTransport } from "../hub/HubTransport.ts";
import { bytesText } from "../models/bytesText.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { type Source, SourceChanged } from "./Connection.ts";
import {
  downloadFolder,
  downloadsFolder,
  type DownloadPlan,
  partFile,
  prepareDownloadFolder,
  writePlan,
} from "./DownloadPlan.ts";
import { FileTransfer } from "./FileTransfer.ts";
import { FolderLock } from "./FolderLock.ts";
import { hashFile } from "./hashFile.ts";
import { makeFolderInside } from "./makeFolderInside.ts";
import { PartFile } from "./PartFile.ts";
import type { RateLimit } from "./RateLimit.ts";
import { SpeedMeter } from "./SpeedMeter.ts";
import { sizeAtTarget, targetPath } from "./targetPath.ts";
import { knownHash, rememberVerified } from "./VerifiedFiles.ts";

export interface DownloadJobOptions {
  id: string;
  plan: DownloadPlan;
  modelsFolder: string;
  transport: HubTransport;
  limit: RateLimit;
  signal: AbortSignal;
  /** Free space to be left on the disk, in bytes. */
  reserveBytes: number;
  firstRetryMs: number | undefined;
  onChange: () => void;
}

type Working = Extract<DownloadStatus, { state: "starting" | "running" | "retrying" | "verifying" }>;
type NamedSource = NonNullable<DownloadPlan["source"]>;

const maxRestarts = 3;

/**
 * One download from the hub's answer to the finished model: asks what the file is, checks names and disk, fetches
 * each part, compares its SHA-256, and only then moves all parts where the library sees them.
 */
export class DownloadJob {
  readonly #options: DownloadJobOptions;
  readonly meter = new SpeedMeter();
  plan: DownloadPlan;
  receivedBytes = 0;
  /** Why it began anew, if it did. */
  restarted: Problem | null = null;
  #working: Working = { state: "starting" };
  #transfer: FileTransfer | null = null;

  constructor(options: DownloadJobOptions) {
    this.#options = options;
    this.plan = options.plan;
  }

  get status(): Working {
    if (this.#working.state !== "running") return this.#working;
    return { state: "running", quietSeconds: this.meter.quietSeconds() };
  }

  /** The machine slept, or the network came back. */
  wake(): void {
    this.#transfer?.wake();
  }

  /**
   * Resolves with what is now in the library. Fails with coded errors, the file system's errors, or the signal's
   * reason; everything received is kept.
   */
  async run(): Promise<{ path: string; sha256: string; files: { path: string; sizeBytes: number; sha256: string }[] }> {
    const { id, modelsFolder } = this.#options;
    const folder = await prepareDownloadFolder(modelsFolder, id);
    const lock = FolderLock.take(folder);
    if (lock === null) {
      throw new WorkbenchError("download-in-use", "Another window or terminal is downloading this model.");
    }
    try {
      for (let restart = 0; ; restart++) {
        const source = this.plan.source ?? (await this.#askHub(folder));
        try {
          return await this.#fetchAll(folder, source);
        } catch (error) {
          if (!(error instanceof SourceChanged) || restart >= maxRestarts) throw error;
          await this.#startOver(folder, source, error);
        }
      }
    } finally {
      this.#transfer = null;
      lock.release();
    }
  }

  async #askHub(folder: string): Promise<NamedSource> {
    const { transport, signal } = this.#options;
    this.#enter({ state: "starting" });
    const { file, commit, parts } = await new HubClient(transport).fileSet(this.plan.file, signal);
    const source = { endpoint: transport.endpoint, commit, parts };
    this.plan = { ...this.plan, file, source };
    this.#refuseUnverifiable(parts);
    for (const { path } of parts) targetPath(this.#options.modelsFolder, file.repo, path);
    await writePlan(folder, this.plan);
    return source;
  }

  #refuseUnverifiable(parts: readonly HubPart[]): void {
    if (!this.plan.acceptUnverified && parts.some(({ sha256 }) => sha256 === null)) {
      throw new WorkbenchError("download-unverifiable");
    }
  }

  /** The hub holds another file now. What is the same in both is kept, the rest is fetched anew. */
  async #startOver(folder: string, before: NamedSource, why: SourceChanged): Promise<void> {
    this.restarted = toProblem(why);
    this.plan = { ...this.plan, source: null };
    const { parts } = await this.#askHub(folder);
    for (const [index, part] of parts.entries()) {
      const old = before.parts[index];
      const same = old !== undefined && old.sha256 !== null && old.sha256 === part.sha256 && old.path === part.path;
      const changed = !same || before.parts.length !== parts.length;
      if (changed || why.detail?.startsWith("tag") === true) await removePart(partFile(folder, index));
    }
    this.receivedBytes = 0;
  }

  async #fetchAll(folder: string, source: NamedSource) {
    const { modelsFolder } = this.#options;
    const { repo } = this.plan.file;
    const targets = source.parts.map(({ path }) => targetPath(modelsFolder, repo, path));
    const there = await Promise.all(targets.map((target, index) => this.#isThere(target, source.parts[index])));
    await this.#checkDisk(folder, source, there);
    const hashes: string[] = [];
    for (const [index, part] of source.parts.entries()) {
      const known = there[index];
      if (known === null || known === undefined) hashes.push(await this.#fetchPart(folder, source, index, part));
      else hashes.push(known);
    }
    // The first part comes last: until then the library sees no model that could be loaded.
    for (const index of [...targets.keys()].toReversed()) {
      const target = targets[index] ?? "";
      if (there[index] === null) await this.#publish(partFile(folder, index), target);
      const verified = source.parts[index]?.sha256 !== null;
      await rememberVerified(modelsFolder, target, hashes[index] ?? "", verified);
    }
    await rm(folder, { recursive: true, force: true });
    const files = source.parts.map(({ sizeBytes }, index) => ({
      path: targets[index] ?? "",
      sizeBytes,
      sha256: hashes[index] ?? "",
    }));
    return { path: targets[0] ?? "", sha256: hashes[0] ?? "", files };
  }

  /** The hash of a finished file that is in place already; null: nothing is there. */
  async #isThere(target: string, part: HubPart | undefined): Promise<string | null> {
    const sizeBytes = await sizeAtTarget(target);
    if (sizeBytes === null) return null;
    if (part?.sha256 !== null && part?.sizeBytes === sizeBytes) {
      this.#enter({ state: "verifying", fraction: 0 });
      const known =
        (await knownHash(this.#options.modelsFolder, target)) ?? (await hashFile(target, this.#options.signal));
      if (known === part.sha256) {
        this.#receive(sizeBytes);
        return known;
      }
    }
    throw new WorkbenchError("download-file-exists", `Another file is at ${target}.`);
  }

  async #checkDisk(folder: string, source: NamedSource, there: readonly (string | null)[]): Promise<void> {
    let restBytes = 0;
    for (const [index, { sizeBytes }] of source.parts.entries()) {
      if (there[index] !== null) continue;
      const part = await PartFile.open(partFile(folder, index), sizeBytes);
      restBytes += sizeBytes - part.map.receivedBytes;
      this.#receive(part.map.receivedBytes);
      await part.close();
    }
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    const neededBytes = restBytes + this.#options.reserveBytes;
    if (freeBytes >= neededBytes) return;
    throw new WorkbenchError(
      "download-disk-full",
      `${bytesText(restBytes)} are still to come and ${bytesText(this.#options.reserveBytes)} should stay free, ` +
        `but the disk has ${bytesText(freeBytes)} free.`,
    );
  }

  async #fetchPart(
    folder: string,
    named: NamedSource,
    index: number,
    { path, sizeBytes, sha256 }: HubPart,
  ): Promise<string> {
    const { transport, limit, signal, firstRetryMs } = this.#options;
    const part = await PartFile.open(partFile(folder, index), sizeBytes);
    try {
      const source: Source = {
        transport,
        url: new HubClient(transport).resolveUrl(this.plan.file.repo, named.commit, path),
        location: null,
        tag: null,
        sendsRanges: true,
        sha256,
      };
      this.#enter({ state: "running", quietSeconds: 0 });
      const transfer = new FileTransfer({
        source,
        part,
        limit,
        signal,
        firstRetryMs,
        onReceived: (change) => {
          if (change > 0) this.meter.add(change);
          this.#receive(change);
        },
        onWaiting: (waiting) => {
          if (waiting === null) this.#enter({ state: "running", quietSeconds: 0 });
          else {
            const { attempt, retryAt, failure } = waiting;
            this.#enter({ state: "retrying", attempt, retryAt, problem: toProblem(failure) });
          }
        },
        onVerifying: (hashedBytes) => this.#enter({ state: "verifying", fraction: hashedBytes / sizeBytes }),
      });
      this.#transfer = transfer;
      const found = await this.#untilRight(transfer, sha256);
      await part.sync();
      return found;
    } finally {
      await part.close();
    }
  }

  /** Hash against hash; on a difference first the blocks the disk lost, then those the network bent. */
  async #untilRight(transfer: FileTransfer, sha256: string | null): Promise<string> {
    let found = await transfer.run();
    if (sha256 === null || found === sha256) return found;
    if ((await transfer.forgetBadBlocks()) > 0) found = await transfer.run();
    let next: number | null = 0;
    while (found !== sha256) {
      next = await transfer.repairFrom(next);
      if (next === null) {
        const message = `The file's SHA-256 is ${found}, and the hub states ${sha256}.`;
        throw new WorkbenchError("download-mismatch", message);
      }
      found = await transfer.run();
    }
    return found;
  }

  async #publish(from: string, target: string): Promise<void> {
    await makeFolderInside(this.#options.modelsFolder, dirname(target));
    if ((await sizeAtTarget(target)) !== null) {
      throw new WorkbenchError("download-file-exists", `Another file is at ${target}.`);
    }
    await rename(from, target);
    await syncFolder(dirname(target));
  }

  #receive(change: number): void {
    this.receivedBytes += change;
    this.#options.onChange();
  }

  #enter(next: Working): void {
    this.#working = next;
    this.#options.onChange();
  }
}

async function removePart(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.receipts`, { force: true });
}

/** Deletes what there is of a download; what a link leads to is not of it. */
export async function deleteParts(modelsFolder: string, id: string): Promise<void> {
  const found = await lstat(downloadsFolder(modelsFolder)).catch(() => null);
  if (found?.isDirectory() === true) await rm(downloadFolder(modelsFolder, id), { recursive: true, force: true });
}
