import type { ChatPage, ChatSummary } from "../../electron/contract/chats.ts";
import type { ChatNews } from "../../electron/contract/events.ts";
import { isTemporary } from "../../electron/contract/isTemporary.ts";
import type { Door } from "./door.ts";

/** Which chats a part of the list has, as `chats.list` takes it. */
export interface ListedPart {
  folderId?: string | null;
  archived: boolean;
}

/**
 * Reads a part of the list from its beginning: at least as many chats as were read before, so that the user's position is
 * kept. Resolves with the sequence of the first page. Rejects with the error of the call.
 */
export async function readPages(door: Pick<Door, "call">, part: ListedPart, wanted: number): Promise<ChatPage> {
  const { sequence, ...first } = await door.call("chats.list", part);
  let { chats, next } = first;
  while (next !== null && chats.length < wanted) {
    const page: ChatPage = await door.call("chats.list", { ...part, cursor: next });
    chats = [...chats, ...page.chats];
    ({ next } = page);
  }
  return { chats: inOrder(chats), next, sequence };
}

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
