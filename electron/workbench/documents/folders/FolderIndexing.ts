import { setTimeout as wait } from "node:timers/promises";
import type { StoreClient } from "../../chats/StoreClient.ts";
import type { Folder } from "./Folder.ts";

export interface FolderIndexingOptions {
  store: Pick<StoreClient, "request">;
  /** Whether the engine is writing or reading. */
  isBusy: () => boolean;
  tell: (folder: Folder) => void;
}

/** While a reply is being written, indexing takes a quarter of the time of a core. */
const restTimes = 3;

/** Prepares folders of documents, so that a question is answered at once. */
export class FolderIndexing {
  readonly #options: FolderIndexingOptions;

  constructor(options: FolderIndexingOptions) {
    this.#options = options;
  }

  /** Indexes what is not indexed yet of a folder, in small steps. Does nothing if that is under way. */
  begin(folder: Folder): void {
    folder.indexing ??= this.#index(folder)
      // A question searches what is indexed, and the next look goes on.
      .catch(() => undefined)
      .finally(() => {
        folder.indexing = null;
        this.#options.tell(folder);
      });
  }

  async #index(folder: Folder): Promise<void> {
    const { store, isBusy, tell } = this.#options;
    const { signal } = folder.stopping;
    while (!signal.aborted) {
      const begun = performance.now();
      const { indexed, documents } = await folder.inTurn(() => store.request("indexFolder", { folderId: folder.id }));
      folder.indexed = indexed;
      tell(folder);
      if (indexed >= documents) return;
      if (isBusy()) await wait((performance.now() - begun) * restTimes, undefined, { signal });
    }
  }
}
