import type { ChatSummary } from "../../../electron/contract/chats.ts";

/** A row of the list. */
export type ListRow = { kind: "heading"; group: ChatGroup } | { kind: "chat"; chat: ChatSummary };
/** The period that a chat is listed under. */
export type ChatGroup = "today" | "yesterday" | "week" | "earlier";

const dayMs = 86_400_000;

/** Returns the rows, newest first, under their headings. `now` is in milliseconds; days are in local time. */
export function chatGroups(chats: readonly ChatSummary[], now: number): ListRow[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // A day may have 23 or 25 hours when the clocks change, so this steps back from noon.
  const yesterday = new Date(today - dayMs / 2).setHours(0, 0, 0, 0);
  const weekAgo = new Date(today - 6.5 * dayMs).setHours(0, 0, 0, 0);
  const groupOf = (at: number): ChatGroup => {
    if (at >= today) return "today";
    if (at >= yesterday) return "yesterday";
    return at >= weekAgo ? "week" : "earlier";
  };
  const rows: ListRow[] = [];
  let group: ChatGroup | null = null;
  for (const chat of [...chats].sort((a, b) => b.updatedAt - a.updatedAt)) {
    const own = groupOf(chat.updatedAt);
    if (own !== group) rows.push({ kind: "heading", group: own });
    group = own;
    rows.push({ kind: "chat", chat });
  }
  return rows;
}
