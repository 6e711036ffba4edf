import type { EventListener } from "../../contract/events.ts";
import type { StoreClient } from "./StoreClient.ts";

/** Tells everyone which folders of chats there are. */
export async function tellFolders({
  store,
  onEvent,
}: {
  store: Pick<StoreClient, "request">;
  onEvent: EventListener;
}): Promise<void> {
  // The change itself is stored: if what there is now cannot be read, the next change tells it.
  await store.request("readFolders", {}).then(
    (folders) => onEvent("chats.foldersChanged", folders),
    () => undefined,
  );
}
