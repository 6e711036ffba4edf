import {
  type DocumentFolder,
  type FolderTrouble,
  type LeftOut,
  mostNamedFiles,
} from "../../../contract/documentFolders.ts";
import type { Problem } from "../../../contract/errors.ts";
import type { FolderFile } from "../../chats/FolderDocumentTable.ts";
import { atMost } from "../../atMost.ts";
import { shownName } from "../shownName.ts";

/** What is known of a file in the folder. */
export type KnownFile = Omit<FolderFile, "documentId"> & { isRead: boolean };

/** What is known of a folder of documents while the app runs. */
export class Folder {
  readonly id: string;
  readonly path: string;
  state: DocumentFolder["state"] = "ready";
  trouble: FolderTrouble | null = null;
  problem: Problem | null = null;
  leftOut: LeftOut | null = null;
  toRead = 0;
  indexed = 0;
  /** When it was looked at last. */
  lookedAt = -Infinity;
  looking: Promise<void> | null = null;
  /** A look that was asked for while another one was under way. */
  lookingAgain: Promise<void> | null = null;
  indexing: Promise<void> | null = null;
  /** What is found for a question must stay until the question is stored, so that changes wait for it. */
  readonly inTurn = atMost(1);
  readonly stopping = new AbortController();
  readonly #files = new Map<string, KnownFile>();

  constructor(id: string, path: string) {
    this.id = id;
    this.path = path;
  }

  get files(): ReadonlyMap<string, KnownFile> {
    return this.#files;
  }

  /** Of the texts that were read, in UTF-16 code units. */
  get chars(): number {
    return [...this.#files.values()].reduce((sum, { chars }) => sum + chars, 0);
  }

  get documents(): number {
    return [...this.#files.values()].filter(({ isRead }) => isRead).length;
  }

  setFiles(files: readonly FolderFile[]): void {
    this.#files.clear();
    for (const { documentId, ...file } of files) this.put({ ...file, isRead: documentId !== null });
  }

  put(file: KnownFile): void {
    this.#files.set(file.place, file);
  }

  drop(places: readonly string[]): void {
    for (const place of places) this.#files.delete(place);
  }

  /** Returns it as the window shows it. */
  shown(): DocumentFolder {
    const refused = [...this.#files.values()].flatMap(({ place, problem }) =>
      problem === null ? [] : [{ place, case: problem }],
    );
    const { id, state, trouble, problem, leftOut, toRead, documents } = this;
    return {
      folderId: id,
      name: shownName(this.path),
      state,
      trouble,
      problem,
      documents,
      indexed: Math.min(this.indexed, documents),
      toRead,
      refused: refused.slice(0, mostNamedFiles),
      refusedCount: refused.length,
      leftOut,
    };
  }
}
