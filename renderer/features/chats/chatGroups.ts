import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";

/** A row of the chats in no folder. */
export type LooseRow =
  | { kind: "heading"; key: string; group: ChatGroup }
  | { kind: "chat"; key: string; chat: ChatSummary };
/** What a heading names. `at` is any moment, in ms since 1970, of that day or month. */
export type ChatGroup =
  | { kind: "temporary" | "pinned" | "today" | "yesterday" }
  | { kind: "weekday" | "month"; at: number };

/**
 * Returns the rows under their headings: temporary and pinned chats, then the others, newest first, by day and then by
 * month. `now` is in milliseconds; days are in local time.
 */
export function chatGroups(chats: readonly ChatSummary[], now: number): LooseRow[] {
  /** Returns the start of a day. Days may have 23 or 25 hours, so it is counted by date. */
  const dayStart = (daysAgo: number): number => {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
  };
  const [today, yesterday, weekAgo] = [dayStart(0), dayStart(1), dayStart(6)];
  const groupOf = ({ id, pinned, updatedAt: at }: ChatSummary): ChatGroup => {
    if (isTemporary(id)) return { kind: "temporary" };
    if (pinned) return { kind: "pinned" };
    if (at >= today) return { kind: "today" };
    if (at >= yesterday) return { kind: "yesterday" };
    return { kind: at >= weekAgo ? "weekday" : "month", at };
  };
  const rows: LooseRow[] = [];
  let last: string | null = null;
  for (const chat of chats) {
    const group = groupOf(chat);
    const key = keyOf(group);
    if (key !== last) rows.push({ kind: "heading", key, group });
    last = key;
    rows.push({ kind: "chat", key: chat.id, chat });
  }
  return rows;
}

function keyOf(group: ChatGroup): string {
  if (!("at" in group)) return group.kind;
  const date = new Date(group.at);
  return [group.kind, date.getFullYear(), date.getMonth(), group.kind === "weekday" ? date.getDate() : ""].join("-");
}
