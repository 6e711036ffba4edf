import { z } from "zod";
import type { SearchHit, SearchPage } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { foundWords } from "../../contract/foundWords.ts";
import type { ChatTable } from "./ChatTable.ts";
import type { FoundMessage, MessageSearch } from "./MessageSearch.ts";
import { readRowNumber } from "./readPageCursor.ts";
import { column, json, RowSchema } from "./RowSchema.ts";
import { searchQuery } from "./searchQuery.ts";
import { snippetOf } from "./snippetOf.ts";

const hitsOnPage = 50;
/** Prefixes of the two kinds of cursors. Titles come before messages. */
const amongTitles = "t";
const amongMessages = "m";

const foundSchema = new RowSchema({ title: column(json(z.string()), ""), text: column(json(z.string()), "") });

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
    if (search === null) return { hits: [], next: null };
    const hits: SearchHit[] = [];
    if (cursor === null || cursor.startsWith(amongTitles)) {
      const { chats, next } = this.#chats.page(cursor?.slice(1) ?? null, hitsOnPage, search.words);
      hits.push(...chats.map(({ id, title }) => titleHit({ id, title }, search.words)));
      if (next !== null) return { hits, next: amongTitles + next };
    }
    if (cursor !== null && !/^[tm]/.test(cursor)) throw new WorkbenchError("input-invalid");
    const before = cursor?.startsWith(amongMessages) === true ? cursor.slice(1) : null;
    const wanted = hitsOnPage - hits.length;
    const found = this.#messages.find(search, readRowNumber(before), wanted + 1);
    const shown = found.slice(0, wanted);
    hits.push(...shown.map((message) => messageHit(message, search.words)));
    const last = shown.at(-1)?.sequence ?? null;
    if (found.length <= wanted) return { hits, next: null };
    return { hits, next: amongMessages + String(last ?? readRowNumber(null)) };
  }
}

function titleHit(chat: SearchHit["chat"], words: readonly string[]): SearchHit {
  const snippet = chat.title.replaceAll(/\s/gu, " ");
  return { chat, messageId: null, snippet, marks: foundWords(snippet, words) };
}

function messageHit(found: FoundMessage, words: readonly string[]): SearchHit {
  const { title, text } = foundSchema.read({ title: found.title, text: found.text }).values;
  return { chat: { id: found.chatId, title }, messageId: found.id, ...snippetOf(text, words) };
}
