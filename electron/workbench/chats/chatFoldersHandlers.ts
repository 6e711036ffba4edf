import type { Handlers } from "../../contract/calls.ts";
import type { chatFolderCalls } from "../../contract/chatFolders.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { isTemporary } from "../../contract/isTemporary.ts";
import type { Documents } from "../documents/openDocuments.ts";
import type { ChatChanges } from "./ChatChanges.ts";
import type { StoreClient } from "./StoreClient.ts";
import { tellFolders } from "./tellFolders.ts";

export interface ChatFoldersOptions {
  store: Pick<StoreClient, "request">;
  changes: ChatChanges;
  /** The folders of documents that stay with folders of chats. */
  documents: { folders: Pick<Documents["folders"], "whileDeleted" | "restored"> };
  onEvent: EventListener;
}

/** Returns the handlers of the calls about folders and the archive, and `tell`, which emits what there is of them. */
export function chatFoldersHandlers({ store, changes, documents, onEvent }: ChatFoldersOptions): {
  handlers: Handlers<typeof chatFolderCalls>;
  tell: () => Promise<void>;
} {
  const tell = (): Promise<void> => tellFolders({ store, onEvent });
  const refuseTemporary = (chatIds: readonly string[]): void => {
    if (chatIds.some(isTemporary)) throw new WorkbenchError("input-invalid", undefined, "a temporary chat");
  };
  const handlers: Handlers<typeof chatFolderCalls> = {
    "chats.folders": () => store.request("readFolders", {}),
    async "chats.createFolder"(params) {
      const folder = await store.request("createFolder", params);
      await tell();
      return folder;
    },
    async "chats.renameFolder"(params) {
      await store.request("renameFolder", params);
      await tell();
      return null;
    },
    async "chats.deleteFolder"(params) {
      const deleted = await documents.folders.whileDeleted(params.folderId, () =>
        store.request("deleteFolder", params),
      );
      await tell();
      if (deleted.chatIds.length > 0) await changes.changed(...deleted.chatIds);
      return deleted;
    },
    async "chats.restoreFolder"(deleted) {
      await store.request("restoreFolder", { deleted });
      await tell();
      if (deleted.chatIds.length > 0) await changes.changed(...deleted.chatIds);
      await documents.folders.restored(deleted.folder.id);
      return null;
    },
    async "chats.moveToFolder"({ chatIds, folderId }) {
      refuseTemporary(chatIds);
      await store.request("moveChats", { chatIds, folderId });
      await changes.changed(...chatIds);
      return null;
    },
    async "chats.archive"({ chatIds, archived }) {
      refuseTemporary(chatIds);
      await store.request("archiveChats", { chatIds, archived });
      await changes.changed(...chatIds);
      await tell();
      return null;
    },
  };
  return { handlers, tell };
}
