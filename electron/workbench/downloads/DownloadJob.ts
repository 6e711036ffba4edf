import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DownloadStatus, HubFile } from "../../contract/downloads.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import { HubClient, type HubPart } from "../hub/HubClient.ts";
import { expectRoom } from "./expectRoom.ts";
import { expectNoMove } from "../folder/moveLock.ts";
import { FileLock } from "../home/FileLock.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { SourceChanged } from "./Connection.ts";
import { type DownloadPlan, partFile, prepareDownloadFolder, receivedParts, writePlan } from "./DownloadPlan.ts";
import { fetchPart, type PartOptions } from "./fetchPart.ts";
import type { FileTransfer } from "./FileTransfer.ts";
import { hashFile } from "./hashFile.ts";
import { makeFolderInside } from "./makeFolderInside.ts";
import { sizeAtTarget, targetPath } from "./targetPath.ts";
import { knownHash, rememberVerified } from "./VerifiedFiles.ts";

export interface DownloadJobOptions extends PartOptions {
  modelsFolder: string;
  /** The model's file on the hub, as it was requested. */
  file: HubFile;
  /** Free space to be left on the disk, in bytes. */
  reserveBytes: number;
}

type NamedSource = NonNullable<DownloadPlan["source"]>;

const maxRestarts = 3;
const ggufMagic = Buffer.from("GGUF");

/**
 * One download, from the hub's response to the finished model: asks the hub about the file, checks names and disk
 * space, fetches each part, compares its SHA-256, and only then moves all parts into the library.
 */
export class DownloadJob {
  readonly #options: DownloadJobOptions;
  readonly #entry: PartOptions["entry"];
  #transfer: FileTransfer | null = null;

  constructor(options: DownloadJobOptions) {
    this.#options = options;
    this.#entry = options.entry;
  }

  /** Call when the machine has woken up or the network is back. */
  wake(): void {
    this.#transfer?.wake();
  }

  /**
   * Resolves with the first part in the library. Rejects with coded errors, the file system's errors, or the signal's
   * reason. Everything received is kept.
   */
  async run(): Promise<Omit<Extract<DownloadStatus, { state: "done" }>, "state">> {
    const folder = await prepareDownloadFolder(this.#options.modelsFolder, this.#entry.id);
    const lock = FileLock.take(join(folder, "lock"));
    if (lock === null) {
      throw new WorkbenchError("download-in-use");
    }
    try {
      await expectNoMove(this.#options.modelsFolder);
      for (let restart = 0; ; restart++) {
        const known = this.#entry.plan.source;
        // The commit of another hub may contain different files.
        const isOurs = known !== null && known.endpoint === this.#options.transport.endpoint;
        const source = isOurs ? known : await this.#askHub(folder);
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
    this.#entry.enter({ state: "starting" });
    const { file, commit, parts } = await new HubClient(transport).fileSet(this.#options.file, signal);
    const source = { endpoint: transport.endpoint, commit, parts };
    this.#entry.plan = { ...this.#entry.plan, file, source };
    if (!this.#entry.plan.acceptUnverified && parts.some(({ sha256 }) => sha256 === null)) {
      throw new WorkbenchError("download-unverifiable");
    }
    for (const { path } of parts) targetPath(this.#options.modelsFolder, file.repo, path);
    await writePlan(folder, this.#entry.plan);
    return source;
  }

  /** Starts over after the file changed on the hub. Parts that are the same are kept; the rest is fetched again. */
  async #startOver(folder: string, before: NamedSource, why: SourceChanged): Promise<void> {
    this.#entry.restarted = toProblem(why);
    const { parts } = await this.#askHub(folder);
    for (const [index, part] of parts.entries()) {
      const old = before.parts[index];
      const same = old !== undefined && old.sha256 !== null && old.sha256 === part.sha256 && old.path === part.path;
      const changed = !same || before.parts.length !== parts.length;
      if (changed || why.detail?.startsWith("tag") === true) await removePart(partFile(folder, index));
    }
  }

  async #fetchAll(folder: string, source: NamedSource) {
    const { modelsFolder } = this.#options;
    const { repo } = this.#options.file;
    const targets = source.parts.map(({ path }) => targetPath(modelsFolder, repo, path));
    const there = await Promise.all(targets.map((target, index) => this.#isThere(target, source.parts[index])));
    await this.#checkDisk(folder, source, there);
    const hashes: string[] = [];
    for (const [index, part] of source.parts.entries()) {
      const known = there[index];
      if (known === null || known === undefined) hashes.push(await this.#fetchPart(folder, source, index, part));
      else hashes.push(known);
    }
    // The first part is moved last: until then, the library sees no model that could be loaded.
    for (const index of [...targets.keys()].toReversed()) {
      const target = targets[index] ?? "";
      if (there[index] === null) await this.#publish(partFile(folder, index), target);
      const verified = source.parts[index]?.sha256 !== null;
      await rememberVerified(modelsFolder, target, hashes[index] ?? "", verified);
    }
    await rm(folder, { recursive: true, force: true });
    const verified = source.parts.every(({ sha256 }) => sha256 !== null);
    return { path: targets[0] ?? "", sha256: hashes[0] ?? "", verified };
  }

  /** Resolves with the hash of a finished file that is already in place, or null if there is none. */
  async #isThere(target: string, part: HubPart | undefined): Promise<string | null> {
    const sizeBytes = await sizeAtTarget(target);
    if (sizeBytes === null) return null;
    if (part?.sha256 !== null && part?.sizeBytes === sizeBytes) {
      this.#entry.enter({ state: "verifying", fraction: 0 });
      const known =
        (await knownHash(this.#options.modelsFolder, target)) ?? (await hashFile(target, this.#options.signal));
      if (known === part.sha256) return known;
    }
    throw new WorkbenchError("download-file-exists", { case: "at", path: target });
  }

  /** Counts the received bytes. Rejects with `download-disk-full` if there is no room for the rest. */
  async #checkDisk(folder: string, { parts }: NamedSource, there: readonly (string | null)[]): Promise<void> {
    const received = await receivedParts(folder, parts);
    const sum = (bytesOf: (part: HubPart, index: number) => number): number =>
      parts.reduce((bytes, part, index) => bytes + bytesOf(part, index), 0);
    const receivedBytes = sum(({ sizeBytes }, index) => (there[index] === null ? (received[index] ?? 0) : sizeBytes));
    const restBytes = sum(({ sizeBytes }) => sizeBytes) - receivedBytes;
    this.#entry.setReceived(receivedBytes);
    await expectRoom(folder, restBytes, this.#options.reserveBytes);
  }

  async #fetchPart(folder: string, named: NamedSource, index: number, part: HubPart): Promise<string> {
    const { transport, file } = this.#options;
    return await fetchPart({
      ...this.#options,
      target: partFile(folder, index),
      url: new HubClient(transport).resolveUrl(file.repo, named.commit, part.path),
      sizeBytes: part.sizeBytes,
      sha256: part.sha256,
      magic: ggufMagic,
      onTransfer: (transfer) => (this.#transfer = transfer),
    });
  }

  async #publish(from: string, target: string): Promise<void> {
    await makeFolderInside(this.#options.modelsFolder, dirname(target));
    if ((await sizeAtTarget(target)) !== null) {
      throw new WorkbenchError("download-file-exists", { case: "at", path: target });
    }
    await rename(from, target);
    await syncFolder(dirname(target));
  }
}

async function removePart(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.receipts`, { force: true });
}
