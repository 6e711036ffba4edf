import type { Message } from "../../contract/chats.ts";
import type { StoreClient } from "../chats/StoreClient.ts";
import type { Runs } from "./Runs.ts";

/** Older versions of a reply than these are not looked at. */
const mostVersions = 100;

export interface VersionSource {
  store: Pick<StoreClient, "request">;
  runs: Pick<Runs, "freshest">;
}

/** Resolves with the newest versions of a reply, as they are now, and without those that were deleted meanwhile. */
export async function readVersions({ store, runs }: VersionSource, ids: readonly string[]): Promise<Message[]> {
  const stored = await Promise.all(
    ids.slice(-mostVersions).map((id) => store.request("readMessage", { messageId: id }).catch(() => null)),
  );
  return stored.flatMap((message) => (message === null ? [] : runs.freshest(message)));
}
