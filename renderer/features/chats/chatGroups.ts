import type { ChatSummary } from "../../../electron/contract/chats.ts";

/** What the list draws, one below the other. */
export type ListRow = { kind: "heading"; label: string } | { kind: "chat"; chat: ChatSummary };

const dayMs = 86_400_000;

/** Newest first, under the headings that people sort their memory by. `now` in milliseconds, days in local time. */
export function chatGroups(chats: readonly ChatSummary[], now: number): ListRow[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // A day of summer time has 23 or 25 hours: step back from noon.
  const yesterday = new Date(today - dayMs / 2).setHours(0, 0, 0, 0);
  const weekAgo = new Date(today - 6.5 * dayMs).setHours(0, 0, 0, 0);
  const labelOf = (at: number): string => {
    if (at >= today) return "Today";
    if (at >= yesterday) return "Yesterday";
    return at >= weekAgo ? "Last 7 days" : "Earlier";
  };
  const rows: ListRow[] = [];
  let label = "";
  for (const chat of [...chats].sort((a, b) => b.updatedAt - a.updatedAt)) {
    const own = labelOf(chat.updatedAt);
    if (own !== label) rows.push({ kind: "heading", label: own });
    label = own;
    rows.push({ kind: "chat", chat });
  }
  return rows;
}
