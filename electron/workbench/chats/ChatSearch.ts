import { z } from "zod";
import type { SearchHit, SearchPage } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { writtenAtSchema } from "../../contract/servers.ts";
import { countPlaces, foundPlaces } from "../../contract/foundWords.ts";
import type { ChatTable, StoredSummary } from "./ChatTable.ts";
import type { MessageSearch } from "./MessageSearch.ts";
import { readRowNumber } from "./readPageCursor.ts";
import { column, integer, json, RowSchema } from "./RowSchema.ts";
import { type SearchQuery, searchQuery } from "./searchQuery.ts";
import { snippetOf } from "./snippetOf.ts";
import { withoutMarkup } from "./withoutMarkup.ts";

const chatsOnPage = 50;
/** Messages are read in groups of this size. */
const groupMessages = 50;
/** The first page also counts: up to this many messages, or this many characters. */
const countedMessages = 500;
const countedChars = 2_000_000;
/** Prefixes of the two kinds of cursors. Titles come before messages. */
const amongTitles = "t";
const amongMessages = "m";

const foundSchema = new RowSchema({
  title: column(json(z.string()), ""),
  text: column(json(z.string()), ""),
  role: column(z.enum(["user", "assistant"]), "user"),
  model: column(json(z.object({ server: writtenAtSchema.optional() })).or(z.null()), null),
  createdAt: column(integer, 0),
  folderId: column(z.string().nullable(), null),
  archived: column(
    integer.transform((value) => value !== 0),
    false,
  ),
});

/** Searches titles and messages: titles first, then messages, newest first. */
export class ChatSearch {
  readonly #chats: ChatTable;
  readonly #messages: MessageSearch;

  constructor(chats: ChatTable, messages: MessageSearch) {
    this.#chats = chats;
    this.#messages = messages;
  }

  /** Returns a page of hits, which is empty for a query without words. Throws `input-invalid` for an invalid cursor. */
  page({ query, cursor }: { query: string; cursor: string | null }): SearchPage {
    const search = searchQuery(query);
    if (search === null) return { hits: [], next: null, total: null };
    if (cursor !== null && !/^[tm]/.test(cursor)) throw new WorkbenchError("input-invalid");
    const hits = new Map<string, SearchHit>();
    if (cursor?.startsWith(amongMessages) !== true) {
      const { chats, next } = this.#chats.page(cursor?.slice(1) ?? null, chatsOnPage, { words: search.words });
      for (const chat of chats) hits.set(chat.id, titleHit(chat, search.words));
      if (next !== null) {
        const total = cursor === null ? { hits: chats.length, chats: chats.length, isAll: false } : null;
        return { hits: [...hits.values()], next: amongTitles + next, total };
      }
    }
    const titles = hits.size;
    const before = cursor?.startsWith(amongMessages) === true ? cursor.slice(1) : null;
    const { next, counted, chats, isAll } = this.#walk(search, readRowNumber(before), hits, cursor === null);
    return {
      hits: [...hits.values()],
      next: next === null ? null : amongMessages + String(next),
      total: cursor === null ? { hits: titles + counted, chats, isAll } : null,
    };
  }

  /** Adds the chats of the next messages to `hits`, until the page is full, and counts further if `isCounting`. */
  #walk(search: SearchQuery, from: bigint, hits: Map<string, SearchHit>, isCounting: boolean) {
    const known = new Set(hits.keys());
    let next: bigint | null = null;
    let [counted, messages, chars] = [0, 0, 0];
    for (let before = from; ; ) {
      const group = this.#messages.find(search, before, groupMessages);
      for (const found of group) {
        const isFull = !hits.has(found.chatId) && hits.size >= chatsOnPage;
        if (isFull && next === null) next = before;
        if (isFull && !isCounting) break;
        const message = foundSchema.read({ ...found }).values;
        const text = message.role === "user" ? message.text : withoutMarkup(message.text);
        counted += Math.max(1, countPlaces(text, search.words));
        chars += text.length;
        known.add(found.chatId);
        before = found.sequence;
        const hit = hits.get(found.chatId);
        // Past the end of the page, messages are only counted.
        if (next !== null || (hit !== undefined && hit.messageId !== null)) continue;
        const { title, archived, folderId } = message;
        const chat = hit?.chat ?? { id: found.chatId, title, archived, folderId };
        hits.set(found.chatId, {
          chat,
          titleMarks: hit?.titleMarks ?? [],
          at: message.createdAt,
          messageId: found.id,
          server: message.model?.server ?? null,
          ...snippetOf(text, search.words),
        });
      }
      messages += group.length;
      const isAll = group.length < groupMessages && (next === null || isCounting);
      if (isAll) return { next, counted, chats: known.size, isAll };
      const isEnough = messages >= countedMessages || chars >= countedChars;
      if (isEnough || (next !== null && !isCounting)) {
        return { next: next ?? before, counted, chats: known.size, isAll: false };
      }
    }
  }
}

function titleHit({ id, title, updatedAt, archived, folderId }: StoredSummary, words: readonly string[]): SearchHit {
  const shown = title.replaceAll(/\s/gu, " ");
  const titleMarks = foundPlaces(shown, words);
  const chat = { id, title: shown, archived, folderId };
  return { chat, titleMarks, at: updatedAt, messageId: null, server: null, snippet: "", marks: [] };
}
