import { realpath } from "node:fs/promises";
import type { DocumentFolder } from "../../../contract/documentFolders.ts";
import { type Problem, WorkbenchError } from "../../../contract/errors.ts";
import type { EventListener } from "../../../contract/events.ts";
import type { StoreClient } from "../../chats/StoreClient.ts";
import { withinMs } from "../../withinMs.ts";
import type { DocumentReader } from "../readDocument.ts";
import { Folder } from "./Folder.ts";
import { FolderIndexing } from "./FolderIndexing.ts";
import { folderLimits } from "./folderLimits.ts";
import { FolderReading } from "./FolderReading.ts";
import { isWithin } from "./listDocuments.ts";
import type { FolderLister } from "./listFolder.ts";
import { OneThatHangs } from "./OneThatHangs.ts";

export interface FolderDocumentsOptions {
  store: Pick<StoreClient, "request" | "changed">;
  reader: DocumentReader;
  lister: FolderLister;
  /** The app's own folder, which is never read. */
  home: string;
  /** Throws `offline` if reading files there would connect to another computer, and nothing may. */
  expectHere: (path: string) => void;
  isBusy: () => boolean;
  /** Returns a failure in the form in which it is shown. */
  shownError: (error: unknown) => Problem;
  onEvent: EventListener;
}

const tellEveryMs = 250;
const closeMs = 1_000;

/**
 * The folders of the disk whose documents stay with folders of chats. They are looked at when somebody opens such a chat,
 * comes back to the window or asks a question, and never otherwise: no program that changes files wakes the app.
 */
export class FolderDocuments {
  readonly #options: FolderDocumentsOptions;
  readonly #reading: FolderReading;
  readonly #indexing: FolderIndexing;
  readonly #folders = new Map<string, Folder>();
  /** The paths of folders that were deleted with their folder of chats, as long as that may be undone. */
  readonly #removed = new Map<string, string>();
  #loading: Promise<void> | null = null;
  readonly #resolving = new OneThatHangs<[string, string] | null>(folderLimits.openMs);
  #telling: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: FolderDocumentsOptions) {
    this.#options = options;
    // What has been removed or stopped says nothing any more.
    const tell = (folder: Folder): void => {
      if (this.#folders.get(folder.id) === folder) this.#tell();
    };
    const common = { ...options, tell };
    this.#indexing = new FolderIndexing(common);
    this.#reading = new FolderReading({ ...common, onRead: (folder) => this.#indexing.begin(folder) });
    options.store.changed.on(() => void this.reload());
  }

  async list(): Promise<DocumentFolder[]> {
    await this.#load();
    return this.#shown();
  }

  /**
   * Has the documents of a folder that the user chose stay with a folder of chats. Rejects with `chat-folder-not-found` or
   * `document-folder-own`.
   */
  async choose(folderId: string, path: string): Promise<void> {
    await this.#expectOther(path);
    // What is being read of the former one must not get into this one.
    this.#stop(folderId);
    try {
      await this.#options.store.request("chooseFolderSource", { folderId, path });
    } finally {
      await this.reload();
    }
    await this.lookAgain(folderId, true);
  }

  /** Forgets what was read. Does nothing if there is no such folder. */
  async remove(folderId: string): Promise<void> {
    this.#stop(folderId);
    await this.#options.store.request("removeFolderSource", { folderId });
    await this.reload();
  }

  /** Begins to look for changes, unless that was done just now. */
  async lookAgain(folderId: string, isAsked = false): Promise<void> {
    await this.#load();
    const folder = this.#folders.get(folderId);
    if (folder === undefined) return;
    if (!isAsked && performance.now() - folder.lookedAt < folderLimits.restMs) this.#indexing.begin(folder);
    else void this.#reading.look(folder, isAsked);
  }

  /**
   * Does the work for a question in a chat. If it is to be searched for in a folder of documents, what has changed there is
   * read first, as far as that is possible in a few seconds, and what is found stays until the work has ended.
   */
  async whileAsked<Result>(chatId: string, work: () => Promise<Result>): Promise<Result> {
    const folderId = await this.#options.store.request("searchedFolder", { chatId });
    if (folderId === null) return await work();
    await this.#load();
    const folder = this.#folders.get(folderId);
    if (folder !== undefined) {
      const current = this.#reading.look(folder).then(() => folder.indexing);
      await withinMs(current, folderLimits.questionMs);
    }
    return folder === undefined ? await work() : await folder.inTurn(work);
  }

  /** Returns of how much text, in UTF-16 code units, passages may be found in a folder. */
  async charsIn(folderId: string): Promise<number> {
    await this.#load();
    return this.#folders.get(folderId)?.chars ?? 0;
  }

  /** Does the work that deletes a folder of chats, and its documents with it. */
  async whileDeleted<Result>(folderId: string, work: () => Promise<Result>): Promise<Result> {
    await this.#load();
    const path = this.#folders.get(folderId)?.path;
    const result = await work();
    if (path === undefined) return result;
    this.#removed.set(folderId, path);
    this.#stop(folderId);
    await this.reload();
    return result;
  }

  /** It was made again: its documents are read again. Rejects as `choose` does, and can be tried again then. */
  async restored(folderId: string): Promise<void> {
    const path = this.#removed.get(folderId);
    if (path === undefined) return;
    await this.choose(folderId, path);
    this.#removed.delete(folderId);
  }

  /** Finds out which folders there are now: another program, a backup or an erasure may have changed that. */
  async reload(): Promise<void> {
    this.#loading = null;
    // The next request says why the store cannot be read.
    await this.#load().then(
      () => this.#tell(),
      () => undefined,
    );
  }

  /** Stops reading, and forgets everything until it is asked for again. Nothing is told about it. */
  async stop(): Promise<void> {
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#telling = null;
    this.#loading = null;
    this.#removed.clear();
    const folders = [...this.#folders.values()];
    for (const { id } of folders) this.#stop(id);
    // A folder that does not answer must not hold up the end of the app.
    const running = folders.flatMap(({ looking, indexing }) => [looking, indexing]).filter((each) => each !== null);
    await withinMs(Promise.allSettled(running), closeMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
  }

  /** Rejects with `document-folder-own` if a folder is the app's own or in it. */
  async #expectOther(path: string): Promise<void> {
    const { home, expectHere } = this.#options;
    const realPaths = async (): Promise<[string, string]> => {
      expectHere(path);
      return await Promise.all([realpath(path), realpath(home)]);
    };
    // One that does not answer, or is gone, is not ours. The lister looks again.
    const real = await this.#resolving.call(() => realPaths().catch(() => null));
    if (real !== null && isWithin(...real)) throw new WorkbenchError("document-folder-own");
  }

  async #load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    await this.#loading;
  }

  async #read(): Promise<void> {
    const { store } = this.#options;
    const sources = await store.request("folderSources", {});
    const paths = new Map(sources.map(({ folderId, path }) => [folderId, path]));
    for (const { id, path } of this.#folders.values()) if (paths.get(id) !== path) this.#stop(id);
    for (const { folderId, path } of sources) {
      if (this.#folders.has(folderId)) continue;
      const folder = new Folder(folderId, path);
      folder.setFiles(await store.request("folderFiles", { folderId }));
      if (!this.#folders.has(folderId)) this.#folders.set(folderId, folder);
    }
  }

  #stop(folderId: string): void {
    this.#folders.get(folderId)?.stopping.abort();
    this.#folders.delete(folderId);
  }

  #shown(): DocumentFolder[] {
    return [...this.#folders.values()].map((folder) => folder.shown());
  }

  /** Tells everyone what there is now, soon. */
  #tell(): void {
    if (this.#isClosed) return;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#options.onEvent("documents.foldersChanged", this.#shown());
    }, tellEveryMs);
  }
}
