import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FolderMove, FolderState, MovePlan } from "../../contract/folder.ts";
import { toProblem, WorkbenchError } from "../../contract/errors.ts";
import { carryVerified } from "../downloads/VerifiedFiles.ts";
import type { FileLock } from "../home/FileLock.ts";
import { syncFolder } from "../home/writeFileAtomic.ts";
import { usualReserveBytes } from "../models/diskSpace.ts";
import { systemCode } from "../systemCode.ts";
import { copyEntry, isCopied } from "./copyEntry.ts";
import { currentFolder, folderPlaces, isFolder, isThere, shownFolder } from "./folderPlaces.ts";
import { folderTree } from "./folderTree.ts";
import { endMove, type Move, readMove, writeMove } from "./MoveJournal.ts";
import { expectNoDownload, takeMoveLock } from "./moveLock.ts";
import { moveProblem } from "./moveProblem.ts";
import { planMove } from "./planMove.ts";
import { removeCopies, removeOriginals } from "./removeCopies.ts";
import { isUntouched, switchBack, switchFolder } from "./switchFolder.ts";

export interface FolderMoverOptions {
  home: string;
  /** The built `hashWorker.js`. */
  hashWorker: string;
  /** Runs `work` while no model is loaded. Resolves with null if it was stopped before. */
  withoutModel: <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result | null>;
  onChange: (state: FolderState) => void;
  /** Called when the models are in another folder. */
  onSwitched: () => void;
  /** Called when a move was undone while its folder could not be reached, so that there may be copies in it. */
  onCopiesLeft: (folder: string) => void;
  /** Free space to be left on the disk, in bytes. */
  reserveBytes?: number;
}

const tellEveryMs = 250;
/** What is shown first in each state. */
const steps = { copying: "copying", switching: "waiting", cleaning: "finishing", undoing: "undoing" } as const;
/** Codes of a rename that the system refuses, so that the files are copied instead. */
const retryable = ["EXDEV", "EBUSY", "EPERM", "EACCES"];

/**
 * Moves the models to another folder: the whole of `MoveJournal`'s diagram. A move that was interrupted goes on with
 * `resume`; `repair` alone makes the models usable again.
 */
export class FolderMover {
  readonly #options: FolderMoverOptions;
  readonly #models: string;
  #plan: MovePlan | null = null;
  #move: FolderMove = { state: "none" };
  #stop = new AbortController();
  /** Whether the user stopped it, so that it is undone, and not the end of the app. */
  #isCancelled = false;
  #ended: Promise<void> = Promise.resolve();
  #lock: FileLock | null = null;
  #toldAt = 0;

  constructor(options: FolderMoverOptions) {
    this.#options = options;
    this.#models = folderPlaces(options.home).models;
  }

  get isMoving(): boolean {
    return this.#move.state !== "none";
  }

  async state(): Promise<FolderState> {
    const { kind, path } = await currentFolder(this.#options.home);
    return { path, isInHome: kind === "home", isMissing: kind === "missing", move: this.#move };
  }

  /**
   * Completes a switch that a crash interrupted, before anything reads the models, or ends the move if its folder cannot
   * be renamed any more. Does nothing while another process moves them. Rejects with the file system's error.
   */
  async repair(): Promise<void> {
    const { home } = this.#options;
    if ((await readMove(home))?.state !== "switching") return;
    const lock = takeMoveLock(this.#models);
    if (lock === null) return;
    try {
      const move = await readMove(home);
      if (move?.state !== "switching") return;
      if (await switchBack(home, move)) {
        await writeMove(home, move, "copying");
        return;
      }
      if (await this.#isNowhere(move)) return await endMove(home);
      await switchFolder(home, move);
      await writeMove(home, move, "cleaning");
    } finally {
      lock.release();
    }
  }

  /** Continues a move that the last session did not finish. */
  async resume(): Promise<void> {
    const move = await readMove(this.#options.home);
    if (move === null || this.isMoving) return;
    this.#lock = takeMoveLock(this.#models);
    if (this.#lock !== null) this.#begin(move);
  }

  /** Resolves with what a move to this folder, or for null back into the home, would do. Rejects with the reason. */
  async plan(chosen: string | null): Promise<MovePlan> {
    const { home, reserveBytes = usualReserveBytes } = this.#options;
    if (this.isMoving || (await readMove(home)) !== null) throw new WorkbenchError("models-moving");
    this.#plan = await planMove(home, chosen, reserveBytes);
    return { ...this.#plan, to: shownFolder(home, this.#plan.to) };
  }

  /** Begins the move that was planned last. Rejects with `models-move-refused` or `models-moving`. */
  async start(planId: string): Promise<void> {
    const { home } = this.#options;
    const plan = this.#plan;
    this.#plan = null;
    if (this.isMoving) throw new WorkbenchError("models-moving");
    if (plan?.id !== planId) throw new WorkbenchError("models-move-refused", { case: "outdated" });
    const lock = takeMoveLock(this.#models);
    if (lock === null) throw new WorkbenchError("models-moving");
    try {
      // What was true when it was planned may no longer be.
      await this.#expectStillTrue(plan);
      const { kind, from, to } = plan;
      // What is in a folder that is missing now stays there when it is back.
      const isGone = (await currentFolder(home)).kind === "missing";
      const move: Move = {
        version: 1,
        from: isGone ? this.#models : from,
        to,
        renames: kind === "rename",
        state: kind === "copy" && !isGone ? "copying" : "switching",
      };
      if (kind === "copy") await mkdir(to, { mode: 0o700 });
      await writeMove(home, move, move.state);
      this.#lock = lock;
      this.#begin(move);
    } catch (error) {
      if (this.#lock === null) {
        await endMove(home).catch(() => undefined);
        lock.release();
      }
      throw moveProblem(error, "none");
    }
  }

  retry(): Promise<void> {
    if (this.#move.state === "failed") this.#move = { state: "none" };
    return this.resume();
  }

  async cancel(): Promise<void> {
    const { home } = this.#options;
    const move = this.#move;
    if (move.state === "none" || (move.state === "moving" && move.step === "finishing")) return;
    this.#isCancelled = true;
    this.#stop.abort();
    await this.#ended;
    const kept = await readMove(home);
    if (kept === null) return;
    this.#lock = takeMoveLock(this.#models);
    if (this.#lock === null) throw new WorkbenchError("models-moving");
    // If it came too late, the models are in the new folder, and the move is finished.
    const canUndo = kept.state === "copying" || (await isUntouched(home, kept));
    this.#begin(canUndo ? await writeMove(home, kept, "undoing") : kept);
    await this.#ended;
  }

  /** Stops copying; the next session goes on. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #expectStillTrue(plan: MovePlan): Promise<void> {
    const { home } = this.#options;
    const { kind, path } = await currentFolder(home);
    const isNew =
      plan.kind === "use" ? await isFolder(plan.to) : !(await isThere(plan.to)) && (await isFolder(dirname(plan.to)));
    if (path !== plan.from || !isNew || (kind === "missing" && plan.kind === "rename")) {
      throw new WorkbenchError("models-move-refused", { case: "outdated" });
    }
    await expectNoDownload(this.#models);
  }

  /** The lock is held from here on, until the move has ended, failed or been stopped. */
  #begin(move: Move): void {
    this.#stop = new AbortController();
    this.#isCancelled = false;
    this.#enter(move, steps[move.state], 0, 0);
    this.#ended = this.#run(move).finally(() => {
      this.#lock?.release();
      this.#lock = null;
      this.#tell();
    });
  }

  async #run(begun: Move): Promise<void> {
    const { home, onSwitched, onCopiesLeft } = this.#options;
    let move = begun;
    try {
      if (move.state === "undoing") {
        if (!(await removeCopies(move))) onCopiesLeft(shownFolder(home, move.to));
      }
      if (move.state === "copying") {
        await expectNoDownload(this.#models);
        await this.#copyAll(move);
        this.#step("waiting");
      }
      if (move.state === "copying" || move.state === "switching") {
        const before = move;
        const switched = await this.#options.withoutModel(this.#stop.signal, () => this.#switch(before));
        if (switched === null) return this.#stopped(move);
        move = switched;
        if (move.state === "copying") return await this.#run(move);
        onSwitched();
      }
      if (move.state === "cleaning") {
        this.#enter(move, "finishing", 0, 0);
        await removeOriginals(home, move, this.#copying());
      }
      await endMove(home);
      this.#move = { state: "none" };
    } catch (error) {
      if (this.#stop.signal.aborted) return this.#stopped(move);
      await this.#fail(move, error);
    }
  }

  async #fail(move: Move, error: unknown): Promise<void> {
    const { home } = this.#options;
    const { from, to, state } = move;
    const canUndo = state === "copying" || state === "undoing" || (await isUntouched(home, move));
    const isGone = state === "copying" && !(await isFolder(to));
    const gone = isGone ? to : (await this.#isNowhere(move)) ? dirname(to) : null;
    const cause =
      gone === null
        ? moveProblem(error, state)
        : new WorkbenchError("models-move-failed", { case: "folderGone", folder: shownFolder(home, gone) });
    const shown = { from, to: shownFolder(home, to) };
    this.#move = { state: "failed", ...shown, canUndo, problem: toProblem(cause) };
  }

  /** Resolves with whether the folder in which the models were to be was removed before they were there. */
  async #isNowhere(move: Move): Promise<boolean> {
    return move.renames && (await isUntouched(this.#options.home, move)) && !(await isFolder(dirname(move.to)));
  }

  #stopped({ from, to }: Move): void {
    // The end of the app is not the end of the move.
    if (!this.#isCancelled) this.#move = { state: "none" };
    else this.#enter({ from, to }, "undoing", 0, 0);
  }

  /** Copies until the new folder has everything, also what was added meanwhile. */
  async #copyAll(move: Move): Promise<void> {
    const { from, to } = move;
    for (;;) {
      if (!(await isFolder(from))) throw new WorkbenchError("models-folder-missing", { folder: from });
      if (!(await isFolder(to))) throw new WorkbenchError("models-move-failed", { case: "folderGone", folder: to });
      const tree = await folderTree(from);
      const rest = [];
      for (const entry of tree) if (!(await isCopied(from, to, entry))) rest.push(entry);
      const bytesOf = (entries: typeof tree): number => entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const totalBytes = bytesOf(tree);
      this.#enter(move, "copying", totalBytes - bytesOf(rest), totalBytes);
      if (rest.length === 0) break;
      for (const entry of rest) {
        this.#stop.signal.throwIfAborted();
        await copyEntry(from, to, entry, this.#copying());
        if (!(await isCopied(from, to, entry))) {
          throw new WorkbenchError("models-move-failed", { case: "badCopy", path: join(to, entry.path) });
        }
      }
    }
    await carryVerified(from, to);
    await syncFolders(to);
  }

  /** Resolves with the move in its next state. Nothing uses the models meanwhile. */
  async #switch(move: Move): Promise<Move> {
    const { home } = this.#options;
    // Something may have been added while it waited for the engine.
    if (move.state === "copying") await this.#copyAll(move);
    const switching = await writeMove(home, move, "switching");
    this.#step("finishing");
    try {
      await switchFolder(home, switching);
    } catch (error) {
      const isUnchanged = switching.renames && (await isUntouched(home, switching));
      if (!isUnchanged || !retryable.includes(systemCode(error))) throw error;
      // It cannot be renamed after all, for example because it is the root of a disk.
      await mkdir(switching.to, { mode: 0o700 });
      return await writeMove(home, { ...switching, renames: false }, "copying");
    }
    return await writeMove(home, switching, "cleaning");
  }

  #copying() {
    const { hashWorker } = this.#options;
    return {
      hashWorker,
      signal: this.#stop.signal,
      onBytes: (bytes: number) => {
        if (this.#move.state !== "moving") return;
        this.#move = { ...this.#move, movedBytes: this.#move.movedBytes + bytes };
        if (performance.now() - this.#toldAt >= tellEveryMs) this.#tell();
      },
    };
  }

  #enter(
    { from, to }: Pick<Move, "from" | "to">,
    step: (typeof steps)[Move["state"]],
    movedBytes: number,
    totalBytes: number,
  ): void {
    this.#move = { state: "moving", step, from, to: shownFolder(this.#options.home, to), movedBytes, totalBytes };
    this.#tell();
  }

  #step(step: "waiting" | "finishing"): void {
    if (this.#move.state === "moving") this.#move = { ...this.#move, step };
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = performance.now();
    void this.state().then(this.#options.onChange, () => undefined);
  }
}

/** Makes the names of all copies durable. Some file systems cannot do this for a folder. */
async function syncFolders(root: string): Promise<void> {
  const folders = new Set((await folderTree(root)).map(({ path }) => join(root, path, "..")));
  for (const folder of [...folders, root]) await syncFolder(folder).catch(() => undefined);
}
