import type { ChatFolder } from "../../../electron/contract/chatFolders.ts";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { archive, type ChatPart } from "../../stores/chatFolders.ts";
import { type ChatGroup, chatGroups } from "./chatGroups.ts";

/** A row of the list of chats. */
export type ListRow =
  | { kind: "heading"; key: string; group: ChatGroup | { kind: "folders" } }
  | { kind: "chat"; key: string; chat: ChatSummary; isInPart: boolean }
  /** Opens and closes a folder, or with null the archive. */
  | { kind: "part"; key: string; part: string; folder: ChatFolder | null; isOpen: boolean }
  /** Stands for the chats of an open folder that have not been read, or says that there are none. */
  | { kind: "rest"; key: string; part: string; state: "loading" | "more" | "none" | "failed" };

export interface Listed {
  list: readonly ChatSummary[];
  folders: readonly ChatFolder[];
  parts: ReadonlyMap<string, ChatPart>;
  /** How many chats are archived. */
  archived: number;
}

/** Returns the key of the row of a folder, or of the archive. No chat has such an id. */
export const partKey = (part: string): string => `part:${part}`;

/** Returns all rows: temporary and pinned chats, the folders, the archive, then the other chats by day. */
export function listRows({ list, folders, parts, archived }: Listed, now = Date.now()): ListRow[] {
  const loose = chatGroups(list, now).map((row): ListRow => (row.kind === "chat" ? { ...row, isInPart: false } : row));
  const firstDay = loose.findIndex(
    (row) => row.kind === "heading" && row.group.kind !== "temporary" && row.group.kind !== "pinned",
  );
  const at = firstDay === -1 ? loose.length : firstDay;
  const between: ListRow[] = [];
  if (folders.length > 0) between.push({ kind: "heading", key: "folders", group: { kind: "folders" } });
  for (const folder of folders) between.push(...partRows(folder.id, folder, parts));
  if (archived > 0 || parts.has(archive)) between.push(...partRows(archive, null, parts));
  return [...loose.slice(0, at), ...between, ...loose.slice(at)];
}

function partRows(part: string, folder: ChatFolder | null, parts: Listed["parts"]): ListRow[] {
  const open = parts.get(part);
  const rows: ListRow[] = [{ kind: "part", key: partKey(part), part, folder, isOpen: open !== undefined }];
  if (open === undefined) return rows;
  const { list, next } = open;
  const rest = (state: "loading" | "more" | "none" | "failed"): ListRow => {
    return { kind: "rest", key: `rest:${part}`, part, state };
  };
  if (list.state !== "ready") return [...rows, rest(list.state)];
  for (const chat of list.value) rows.push({ kind: "chat", key: chat.id, chat, isInPart: true });
  if (next !== null) rows.push(rest("more"));
  else if (list.value.length === 0) rows.push(rest("none"));
  return rows;
}
