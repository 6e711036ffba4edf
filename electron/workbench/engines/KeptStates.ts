import { createHash, randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SavedState } from "../../contract/engineProtocol.ts";
import type { KeptStatesUse } from "../../contract/engine.ts";
import { makeFolder } from "../home/makeFolder.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { diskSpace } from "../models/diskSpace.ts";
import { isProcessAlive } from "../isProcessAlive.ts";

const noteSchema = z.object({
  /** Identifies the model file and everything else that the state depends on. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().positive(),
  usedAt: z.number().nonnegative(),
});
type Note = z.output<typeof noteSchema>;

const maxNoteBytes = 1000;
/** This much of the disk stays free. */
const reserveBytes = 1_000_000_000;
const noteName = /^([0-9a-f]{32})\.json$/;
/** All files of a chat, also unfinished ones. */
const ownName = /^[0-9a-f]{32}\./;
/** A file that is being written, and one that is being loaded. Neither is of use once its process has ended. */
const unfinishedName = /^[0-9a-f]{32}\.(.+\.)?(tmp|loading)$/;
/** The same with the id of that process, which notes and files of earlier releases do not have. */
const processName = /^[0-9a-f]{32}\.(\d{1,10})\./;
const loading = `.${process.pid}.loading`;
/** Longer than any file is written or loaded, in milliseconds. */
const busyMs = 10 * 60_000;

/** Resolves with what a state in this folder belongs to; null if it has no note, or a damaged one. */
export function readStateNote(folder: string, name: string): Promise<Note | null> {
  return readJsonOr(join(folder, `${name}.json`), noteSchema, maxNoteBytes, null);
}

interface Options {
  home: string;
  /** Returns how much of the disk all states together may use. */
  limitBytes: () => number;
  /** For tests: another disk. */
  freeBytes?: (folder: string) => Promise<number>;
}

/**
 * What models have read of chats, in files: for each chat `<name>.bin`, which llama.cpp wrote, and `<name>.json`, which
 * says what it belongs to. While it is being loaded, it is called `<name>.<process>.loading`, so that one which ends
 * the engine or the app is not found again. Nothing here rejects: without a state, a prompt is only read again.
 */
export class KeptStates {
  readonly #folder: string;
  readonly #options: Options;
  readonly #freeBytes: (folder: string) => Promise<number>;
  #cleaned: Promise<void> | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#folder = join(options.home, "state");
    this.#freeBytes = options.freeBytes ?? (async (folder) => (await diskSpace(folder)).freeBytes);
  }

  /** Resolves with whether a state of this size may be kept. */
  async hasRoomFor(sizeBytes: number): Promise<boolean> {
    const limitBytes = this.#options.limitBytes();
    if (limitBytes === 0 || sizeBytes > limitBytes) return false;
    const freeBytes = await this.#freeBytes(this.#folder).catch(() => 0);
    return freeBytes - sizeBytes > reserveBytes;
  }

  /** Resolves with a path for a file that is then passed to `keep` or `discard`, or null if there can be none. */
  async newFile(chat: string): Promise<string | null> {
    await this.clean();
    const path = this.#path(chat, `.${process.pid}.${randomUUID()}.tmp`);
    return await makeFolder(this.#folder).then(
      () => path,
      () => null,
    );
  }

  /** Keeps a file as the state of a chat, instead of the one until now, and drops others that have become too many. */
  async keep(chat: string, key: string, path: string, { sha256, sizeBytes }: SavedState): Promise<void> {
    const note: Note = { key, sha256, sizeBytes, usedAt: Date.now() };
    try {
      await rename(path, this.#path(chat, ".bin"));
      await writeFileAtomic(this.#path(chat, ".json"), JSON.stringify(note));
    } catch {
      await rm(path, { force: true }).catch(() => undefined);
      await this.forget(chat);
    }
    await this.trim();
  }

  async discard(path: string): Promise<void> {
    await rm(path, { force: true }).catch(() => undefined);
  }

  /**
   * Takes the state of a chat in order to load it, which must be followed by `loaded` or `forget`. Resolves with null if
   * there is none for this key.
   */
  async take(chat: string, key: string): Promise<(Pick<Note, "sha256" | "sizeBytes"> & { path: string }) | null> {
    await this.clean();
    const note = await this.#note(this.#name(chat));
    if (note === null) return null;
    const path = this.#path(chat, loading);
    // The model may be loaded with those settings again. Until then, it stays.
    if (note.key !== key) return null;
    const isTaken = await rename(this.#path(chat, ".bin"), path).then(
      () => true,
      () => false,
    );
    if (isTaken) return { sha256: note.sha256, sizeBytes: note.sizeBytes, path };
    await this.forget(chat);
    return null;
  }

  /** Call when a state that was taken has been loaded, or need not be. */
  async loaded(chat: string): Promise<void> {
    try {
      await rename(this.#path(chat, loading), this.#path(chat, ".bin"));
      const note = await this.#note(this.#name(chat));
      if (note !== null)
        await writeFileAtomic(this.#path(chat, ".json"), JSON.stringify({ ...note, usedAt: Date.now() }));
    } catch {
      await this.forget(chat);
    }
  }

  /** Deletes what is kept of a chat, also what is unfinished. */
  async forget(chat: string): Promise<void> {
    await this.#remove(this.#name(chat));
  }

  /** Deletes everything, also what is unfinished. What is being written is then not kept. */
  async clear(): Promise<void> {
    await this.#remove("");
  }

  async use(): Promise<KeptStatesUse> {
    const notes = await this.#notes();
    return { chats: notes.length, sizeBytes: notes.reduce((sum, { note }) => sum + note.sizeBytes, 0) };
  }

  /** Deletes the states that have not been used for longest, until the limit is met. */
  async trim(): Promise<void> {
    const notes = (await this.#notes()).toSorted((one, other) => other.note.usedAt - one.note.usedAt);
    let sizeBytes = 0;
    for (const { name, note } of notes) {
      sizeBytes += note.sizeBytes;
      if (sizeBytes > this.#options.limitBytes()) await this.#remove(name);
    }
  }

  async #notes(): Promise<{ name: string; note: Note }[]> {
    const notes = await Promise.all(
      (await this.#names()).map(async (name) => ({ name, note: await this.#note(name) })),
    );
    return notes.flatMap(({ name, note }) => (note === null ? [] : [{ name, note }]));
  }

  async #names(): Promise<string[]> {
    return (await this.#files()).flatMap((file) => noteName.exec(file)?.[1] ?? []);
  }

  async #files(): Promise<string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.filter((file) => ownName.test(file));
  }

  #note(name: string): Promise<Note | null> {
    return readStateNote(this.#folder, name);
  }

  /** Deletes all files whose names begin so. */
  async #remove(beginning: string): Promise<void> {
    for (const file of await this.#files()) {
      if (file.startsWith(beginning)) await this.#delete(file);
    }
  }

  async #delete(file: string): Promise<void> {
    await rm(join(this.#folder, file), { force: true, recursive: true }).catch(() => undefined);
  }

  /**
   * Once, deletes what processes that have ended left behind, and files without a note or with a damaged one. Call
   * when the home is opened.
   */
  clean(): Promise<void> {
    this.#cleaned ??= (async () => {
      for (const file of await this.#files()) {
        if ((await this.#isLeftover(file)) && !(await this.#isBusy(file))) await this.#delete(file);
      }
    })();
    return this.#cleaned;
  }

  async #isLeftover(file: string): Promise<boolean> {
    if (unfinishedName.test(file)) return true;
    const name = /^([0-9a-f]{32})\.(bin|json)$/.exec(file)?.[1];
    return name !== undefined && (await this.#note(name)) === null;
  }

  /**
   * Returns whether another process may be at work on it. A process is known by its id only for ten minutes, because
   * ids are used again. Files without an id are left alone for as long.
   */
  async #isBusy(file: string): Promise<boolean> {
    const pid = processName.exec(file)?.[1];
    // Nothing that this process writes is there before it has cleaned up.
    const isOurs = pid !== undefined && Number(pid) === process.pid;
    if (isOurs || (pid !== undefined && !isProcessAlive(Number(pid)))) return false;
    // Renaming a file changes this time as well.
    const changedAt = await stat(join(this.#folder, file)).then(
      ({ ctimeMs }) => ctimeMs,
      () => 0,
    );
    return Math.abs(Date.now() - changedAt) < busyMs;
  }

  /** A name that says nothing about the chat, and that nothing from outside can choose. */
  #name(chat: string): string {
    return createHash("sha256").update(`state of chat ${chat}`).digest("hex").slice(0, 32);
  }

  #path(chat: string, ending: string): string {
    return join(this.#folder, this.#name(chat) + ending);
  }
}
