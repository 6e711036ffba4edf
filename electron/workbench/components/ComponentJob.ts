import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DownloadStatus } from "../../contract/downloads.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import { SourceChanged } from "../downloads/Connection.ts";
import { partFile, prepareDownloadFolder, receivedParts } from "../downloads/DownloadPlan.ts";
import { expectRoom } from "../downloads/expectRoom.ts";
import { fetchPart, type PartOptions } from "../downloads/fetchPart.ts";
import type { FileTransfer } from "../downloads/FileTransfer.ts";
import { makeFolderInside } from "../downloads/makeFolderInside.ts";
import { rememberVerified } from "../downloads/VerifiedFiles.ts";
import { FileLock } from "../home/FileLock.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { componentsFolder, folderName, pieceFolder } from "./componentFolder.ts";
import { componentProblem } from "./componentProblem.ts";
import { type ComponentPiece, type ComponentRelease, sizesOf } from "./ComponentRelease.ts";
import { examineComponent } from "./examineComponent.ts";
import { unpackPiece } from "./unpackPiece.ts";

export interface ComponentJobOptions extends PartOptions {
  home: string;
  release: ComponentRelease;
  /** Free space to be left on the disk, in bytes. */
  reserveBytes: number;
}

const maxRestarts = 3;
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The download of a component: fetches its archives, whose hashes the release states, unpacks them beside their place,
 * and moves them there in one step. A crash leaves the whole component or none, and what was fetched is kept.
 */
export class ComponentJob {
  readonly #options: ComponentJobOptions;
  readonly #base: string;
  readonly #host: string;
  #transfer: FileTransfer | null = null;

  constructor(options: ComponentJobOptions) {
    this.#options = options;
    this.#base = componentsFolder(options.home);
    this.#host = new URL(options.release.base).host;
  }

  /** Call when the machine has woken up or the network is back. */
  wake(): void {
    this.#transfer?.wake();
  }

  /**
   * Resolves with the installed component. Rejects with coded errors, the file system's errors, or the signal's reason.
   * Everything received is kept.
   */
  async run(): Promise<Omit<Extract<DownloadStatus, { state: "done" }>, "state">> {
    const { entry, home, release, signal } = this.#options;
    const folder = await prepareDownloadFolder(this.#base, entry.id);
    const lock = FileLock.take(join(folder, "lock"));
    if (lock === null) throw new WorkbenchError("download-in-use");
    try {
      entry.enter({ state: "starting" });
      // Another process may have installed it meanwhile.
      const { state } = await examineComponent(home, release, { signal, remembers: true });
      if (state !== "installed") await this.#install(folder);
    } catch (error) {
      signal.throwIfAborted();
      // The file system's errors become the queue's own.
      throw error instanceof WorkbenchError ? toError(componentProblem(error, this.#host)) : error;
    } finally {
      this.#transfer = null;
      lock.release();
    }
    await rm(folder, { recursive: true, force: true });
    return { path: join(this.#base, folderName(release)), sha256: release.mark, verified: true };
  }

  async #install(folder: string): Promise<void> {
    const { entry, release, reserveBytes } = this.#options;
    const received = await receivedParts(folder, release.pieces);
    const receivedBytes = received.reduce((sum, bytes) => sum + bytes, 0);
    entry.setReceived(receivedBytes);
    const { downloadBytes, installedBytes } = sizesOf(release);
    const unpacking = join(this.#base, `.unpacking-${entry.id}`);
    await rm(unpacking, { recursive: true, force: true });
    await expectRoom(folder, downloadBytes - receivedBytes + installedBytes, reserveBytes);
    for (const [index, piece] of release.pieces.entries()) await this.#fetch(partFile(folder, index), piece);
    try {
      await this.#unpack(folder, unpacking);
      await this.#publish(unpacking);
    } finally {
      await rm(unpacking, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  async #fetch(target: string, { path, sizeBytes, sha256 }: ComponentPiece): Promise<void> {
    const { release } = this.#options;
    for (let restart = 0; ; restart++) {
      try {
        await fetchPart({
          ...this.#options,
          target,
          url: `${release.base}/${path}`,
          sizeBytes,
          sha256,
          magic: gzipMagic,
          onTransfer: (transfer) => (this.#transfer = transfer),
          problemOf: (failure) => componentProblem(failure, this.#host),
        });
        return;
      } catch (error) {
        // Another tag alone does not make it another file. The hash decides, and wrong blocks are fetched again.
        const isTag = error instanceof SourceChanged && error.detail?.startsWith("tag") === true;
        if (!isTag || restart >= maxRestarts) throw error;
      }
    }
  }

  async #unpack(folder: string, unpacking: string): Promise<void> {
    const { entry, release, signal } = this.#options;
    const { installedBytes } = sizesOf(release);
    let bytes = 0;
    const onBytes = (count: number): void => {
      bytes += count;
      entry.enter({ state: "installing", fraction: Math.min(1, bytes / installedBytes) });
    };
    onBytes(0);
    for (const [index, piece] of release.pieces.entries()) {
      const own = join(unpacking, pieceFolder(piece));
      await makeFolderInside(this.#base, own);
      await unpackPiece(partFile(folder, index), piece, own, signal, onBytes);
    }
    const folders = release.pieces.flatMap((piece) =>
      piece.files.map(({ path }) => join(unpacking, pieceFolder(piece), ...path.split("/").slice(0, -1))),
    );
    for (const each of new Set([...folders, unpacking])) await syncFolder(each);
  }

  async #publish(unpacking: string): Promise<void> {
    const { release } = this.#options;
    const place = join(this.#base, folderName(release));
    // What is there is damaged.
    const old = join(this.#base, `.removed-${randomUUID()}`);
    await rename(place, old).catch(() => undefined);
    await rename(unpacking, place);
    await syncFolder(this.#base);
    await rm(old, { recursive: true, force: true }).catch(() => undefined);
    for (const piece of release.pieces) {
      for (const { path, sha256 } of piece.files) {
        const file = join(place, pieceFolder(piece), ...path.split("/"));
        // Without this, its hash is computed before it is used.
        await rememberVerified(this.#base, file, sha256, true).catch(() => undefined);
      }
    }
  }
}
