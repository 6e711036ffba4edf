import type { ChatSummary } from "../../electron/contract/chats.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { isTemporary } from "../../electron/contract/isTemporary.ts";

/** Returns one row for each chat, the later one, since a chat may change while pages are read. */
export function inOrder(chats: readonly ChatSummary[]): ChatSummary[] {
  const byId = new Map(chats.map((chat) => [chat.id, chat]));
  return [...byId.values()].sort(byPlace);
}

const byPlace = (one: ChatSummary, other: ChatSummary): number =>
  Number(isTemporary(other.id)) - Number(isTemporary(one.id)) ||
  Number(other.pinned) - Number(one.pinned) ||
  other.updatedAt - one.updatedAt;

/** Returns the chats read so far of one part of the list, after news. `isOf`: whether a chat belongs to this part. */
export function withNews(
  list: readonly ChatSummary[],
  hasMore: boolean,
  { chats, removed }: ChatNews,
  isOf: (chat: ChatSummary) => boolean,
): ChatSummary[] {
  const gone = new Set([...removed, ...chats.map(({ id }) => id)]);
  const last = list.at(-1);
  // A chat below all that have been read comes with its page.
  const news = chats.filter((chat) => isOf(chat) && (!hasMore || last === undefined || byPlace(chat, last) <= 0));
  return inOrder([...news, ...list.filter(({ id }) => !gone.has(id))]);
}
