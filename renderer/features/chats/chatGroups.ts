import type { ChatSummary } from "../../../electron/contract/chats.ts";

/** What the list draws, one below the other. */
export type ListRow = { kind: "heading"; group: ChatGroup } | { kind: "chat"; chat: ChatSummary };
/** A day, or some, that people remember chats by. */
export type ChatGroup = "today" | "yesterday" | "week" | "earlier";

const dayMs = 86_400_000;

/** Newest first, under the headings that people sort their memory by. `now` in milliseconds, days in local time. */
export function chatGroups(chats: readonly ChatSummary[], now: number): ListRow[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // A day of summer time has 23 or 25 hours: step back from noon.
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
