import { type DocumentCase, type Problem, toProblem } from "../../../contract/errors.ts";
import { atMost } from "../../atMost.ts";
import type { RefusedFile } from "../../chats/FolderDocumentTable.ts";
import type { StoreClient } from "../../chats/StoreClient.ts";
import { type DocumentReader, readDocument } from "../readDocument.ts";
import { shownName } from "../shownName.ts";
import { storeDocument } from "../storeDocument.ts";
import type { Folder } from "./Folder.ts";
import { folderLimits } from "./folderLimits.ts";
import { goneFiles } from "./goneFiles.ts";
import type { ListedDocuments } from "./listDocuments.ts";
import { type FolderLister, listFolder } from "./listFolder.ts";
import { OneThatHangs } from "./OneThatHangs.ts";
import { type OpenedFile, openInFolder } from "./openInFolder.ts";

export interface FolderReadingOptions {
  store: Pick<StoreClient, "request">;
  reader: DocumentReader;
  lister: FolderLister;
  home: string;
  expectHere: (path: string) => void;
  shownError: (error: unknown) => Problem;
  onRead: (folder: Folder) => void;
  tell: (folder: Folder) => void;
}

/** What is tried again when somebody asks for it: nothing of the file itself has to change. */
const passing: readonly DocumentCase[] = ["notAllowed", "notRead", "slow"];

/** Reads what has changed in folders of documents, one file at a time, because reading may take much memory. */
export class FolderReading {
  readonly #options: FolderReadingOptions;
  readonly #oneFile = atMost(1);
  readonly #opening = new OneThatHangs<OpenedFile>(folderLimits.openMs, ({ file }) => void file.close());

  constructor(options: FolderReadingOptions) {
    this.#options = options;
  }

  /** Resolves once what has changed in a folder is read. `isAsked`: since now, if that is under way. Never rejects. */
  look(folder: Folder, isAsked = false): Promise<void> {
    if (isAsked && folder.looking !== null) {
      folder.lookingAgain ??= folder.looking.then(() => {
        folder.lookingAgain = null;
        return this.look(folder, true);
      });
      return folder.lookingAgain;
    }
    folder.looking ??= this.#look(folder, isAsked).finally(() => {
      folder.looking = null;
      folder.state = "ready";
      folder.toRead = 0;
      folder.lookedAt = performance.now();
      this.#options.onRead(folder);
      this.#options.tell(folder);
    });
    return folder.looking;
  }

  async #look(folder: Folder, isAsked: boolean): Promise<void> {
    const { store, lister, home, expectHere, tell, shownError } = this.#options;
    const { signal } = folder.stopping;
    folder.state = "looking";
    tell(folder);
    try {
      signal.throwIfAborted();
      expectHere(folder.path);
      const listed = await listFolder(lister, folder.path, { except: home, signal });
      folder.problem = null;
      if ("trouble" in listed) {
        folder.trouble = listed.trouble;
        return;
      }
      // The store may have been mended or replaced since.
      folder.setFiles(await store.request("folderFiles", { folderId: folder.id }));
      // A drive that is unplugged may leave its empty folder behind.
      folder.trouble = listed.files.length === 0 && folder.documents > 0 ? "empty" : null;
      folder.leftOut = listed.leftOut;
      if (folder.trouble === null) await this.#readChanged(folder, listed, isAsked);
    } catch (error) {
      if (signal.aborted) return;
      const problem = shownError(error);
      if (problem.code === "offline") folder.trouble = "offline";
      // It was removed meanwhile.
      else if (problem.code !== "chat-folder-not-found") folder.problem = problem;
    }
  }

  async #readChanged(folder: Folder, listed: ListedDocuments, isAsked: boolean): Promise<void> {
    const { onRead, tell } = this.#options;
    const { signal } = folder.stopping;
    const gone = goneFiles([...folder.files.keys()], listed);
    if (gone.length > 0) {
      await this.#note(folder, { gone });
      folder.drop(gone);
    }
    let room = folderLimits.files - folder.files.size;
    const files = listed.files.filter(({ place }) => folder.files.has(place) || room-- > 0);
    listed.leftOut.beyond += listed.files.length - files.length;
    const changed = files.filter(({ place, version }) => {
      const known = folder.files.get(place);
      const isTriedAgain = isAsked && known?.problem !== null && known !== undefined && passing.includes(known.problem);
      return known?.version !== version || isTriedAgain;
    });
    folder.state = "reading";
    folder.toRead = changed.length;
    tell(folder);
    for (const { place, version } of changed) {
      signal.throwIfAborted();
      if (folder.chars >= folderLimits.chars) {
        if (folder.leftOut) folder.leftOut.full = folder.toRead;
        return;
      }
      const isThere = await this.#oneFile(() => this.#readFile(folder, place, version));
      if (!isThere) return;
      folder.toRead--;
      onRead(folder);
      tell(folder);
    }
  }

  /** Reads a file. Resolves with false if the folder does not answer any more. */
  async #readFile(folder: Folder, place: string, listed: string): Promise<boolean> {
    const { store, reader } = this.#options;
    const { signal } = folder.stopping;
    const name = shownName(place);
    let version = listed;
    try {
      const opened = await this.#opening.call(() => openInFolder(folder.path, place));
      if (opened === null) {
        folder.trouble = "slow";
        return false;
      }
      version = opened.version;
      const document = await readDocument(reader, name, { signal, given: opened.file, yields: true });
      const target = { folder: { folderId: folder.id, place, version } };
      await storeDocument(store, { name, document, target: () => target, signal, inTurn: folder.inTurn });
      const chars = document.parts.reduce((sum, part) => sum + part.length, 0);
      folder.put({ place, version, isRead: true, problem: null, chars });
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== "document-unreadable") throw error;
      const reason = (problem.facts as { case?: DocumentCase } | undefined)?.case ?? "damaged";
      // It has gone since it was listed: the next look will see that.
      if (reason === "missing") return true;
      const known = folder.files.get(place);
      if ((reason === "notRead" || reason === "slow") && known?.isRead === true) {
        // What was read of it before stays until it can be read again.
        folder.put({ ...known, problem: reason });
        return true;
      }
      const refused = [{ place, version, problem: reason }];
      await this.#note(folder, { refused });
      folder.put({ place, version, isRead: false, problem: reason, chars: 0 });
    }
    return true;
  }

  /** Notes files that are gone or could not be read, unless the folder was removed meanwhile. */
  async #note(folder: Folder, files: { gone?: string[]; refused?: RefusedFile[] }): Promise<void> {
    await folder.inTurn(async () => {
      folder.stopping.signal.throwIfAborted();
      await this.#options.store.request("noteFolderFiles", { folderId: folder.id, ...files });
    });
  }
}
