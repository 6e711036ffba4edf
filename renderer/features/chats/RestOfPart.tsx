import { archive } from "../../stores/chatFolders.ts";
import { useSay } from "../../texts.ts";
import type { ListRow } from "./listRows.ts";

/** What stands below an open folder, or the archive, that has no chats or whose chats are being read. */
export function RestOfPart({ part, state }: Pick<Extract<ListRow, { kind: "rest" }>, "part" | "state">) {
  const say = useSay("chats");
  if (state === "failed") return say("folders.failed");
  if (state !== "none") return null;
  return say(part === archive ? "folders.emptyArchive" : "folders.empty");
}
