import type { SearchQuery } from "./searchQuery.ts";
import type { Statements } from "./Statements.ts";

/** A message that contains all the words of a query, with its chat. Text and title are JSON, as stored. */
export interface FoundMessage {
  sequence: bigint;
  id: string;
  chatId: string;
  title: unknown;
  archived: unknown;
  folderId: unknown;
  text: unknown;
  role: unknown;
  model: unknown;
  createdAt: unknown;
}

/**
 * For a short word with fewer occurrences, the index provides the candidates. A more frequent word is soon found by
 * scanning.
 */
const rareOccurrences = 5000;
/** How many of the newest messages are scanned for a frequent short word before the index is used. */
const newestMessages = 4000;
/** Candidates from the index are checked in groups of this size. */
const groupMessages = 250;

const columns = "m.sequence, m.id, m.chatId, c.title, c.archived, c.folderId, m.text, m.role, m.model, m.createdAt";
const shown = "JOIN chats c ON c.id = m.chatId AND c.hiddenBy IS NULL WHERE m.state <> 'streaming'";
/** Texts without a folded copy differ from it only in ASCII capitals, which `lower` folds. */
const holdsWord = "instr(coalesce(m.folded, lower(iif(json_valid(m.text), json_extract(m.text, '$'), ''))), ?) > 0";

/**
 * Finds messages by their words, newest first. Words of three or more characters are found with the index, shorter ones
 * through the sequences in it that begin with them, and at the end of a message through a table of endings.
 */
export class MessageSearch {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
    statements.run(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.searchTerms USING fts5vocab ('main', 'messageSearch', 'instance')",
    );
  }

  /** Returns at most `limit` messages, all with a row number below `before`. */
  find(query: SearchQuery, before: bigint, limit: number): FoundMessage[] {
    const found = this.#amongIndexed(query, before, limit);
    const others = this.#amongUnindexed(query.words, before, limit);
    if (others.length === 0) return found;
    const all = new Map([...found, ...others].map((message) => [message.sequence, message]));
    return [...all.values()].sort((one, other) => (one.sequence > other.sequence ? -1 : 1)).slice(0, limit);
  }

  /** Searches the messages that `LateIndex` has not indexed yet. */
  #amongUnindexed(words: readonly string[], before: bigint, limit: number): FoundMessage[] {
    return this.#read(
      `SELECT ${columns} FROM unindexedMessages u CROSS JOIN messages m ON m.sequence = u.sequence CROSS ${shown}${holding(words)}
       AND u.isShown = 1 AND u.sequence < ? ORDER BY u.sequence DESC LIMIT ?`,
      ...words,
      before,
      limit,
    );
  }

  #amongIndexed({ words, indexed, short }: SearchQuery, before: bigint, limit: number): FoundMessage[] {
    const [rarest] = short
      .map((word) => ({ word, occurrences: this.#occurrences(word) }))
      .sort((one, other) => one.occurrences - other.occurrences);
    if (rarest !== undefined && (indexed === null || rarest.occurrences < rareOccurrences)) {
      const isFrequent = rarest.occurrences >= rareOccurrences;
      const newest = isFrequent ? this.#amongNewest(short, before, limit) : [];
      if (newest.length === limit) return newest;
      return this.#amongNamed(rarest.word, words, before, limit);
    }
    return this.#read(
      `SELECT ${columns} FROM messageSearch s CROSS JOIN messages m ON m.sequence = s.rowid CROSS ${shown}${holding(short)}
       AND s.messageSearch MATCH ? AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?`,
      ...short,
      indexed ?? "",
      before,
      limit,
    );
  }

  /** Returns how often a short word occurs, counted up to `rareOccurrences`. */
  #occurrences(word: string): number {
    const sql = "SELECT count(*) AS found FROM (SELECT 1 FROM temp.searchTerms WHERE term >= ? AND term <= ? LIMIT ?)";
    return this.#statements.get<{ found: number }>(sql, ...termsOf(word), rareOccurrences)?.found ?? 0;
  }

  #amongNewest(short: readonly string[], before: bigint, limit: number): FoundMessage[] {
    return this.#read(
      `SELECT ${columns} FROM (SELECT * FROM messages WHERE sequence < ? ORDER BY sequence DESC LIMIT ?) m
       ${shown}${holding(short)} ORDER BY m.sequence DESC LIMIT ?`,
      before,
      newestMessages,
      ...short,
      limit,
    );
  }

  /** Searches the messages that the index and the table of endings list for one of the short words. */
  #amongNamed(word: string, words: readonly string[], before: bigint, limit: number): FoundMessage[] {
    const named = this.#statements
      .raw(
        `SELECT doc AS sequence FROM temp.searchTerms WHERE term >= ? AND term <= ? AND doc < ?
         UNION SELECT sequence FROM messageEndings WHERE instr(ending, ?) > 0 AND sequence < ?
         ORDER BY 1 DESC`,
        ...termsOf(word),
        before,
        word,
        before,
      )
      .map(({ sequence }) => String(sequence));
    const found: FoundMessage[] = [];
    for (let start = 0; start < named.length && found.length < limit; start += groupMessages) {
      const group = this.#read(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN messages m ON m.sequence = j.value CROSS
         ${shown}${holding(words)} ORDER BY m.sequence DESC LIMIT ?`,
        `[${named.slice(start, start + groupMessages).join()}]`,
        ...words,
        limit - found.length,
      );
      found.push(...group);
    }
    return found;
  }

  #read(sql: string, ...parameters: (string | number | bigint)[]): FoundMessage[] {
    return this.#statements.raw(sql, ...parameters) as unknown as FoundMessage[];
  }
}

const holding = (words: readonly string[]): string => words.map(() => ` AND ${holdsWord}`).join("");

/** Returns the first and the last sequence of characters that can begin with the word. */
const termsOf = (word: string): [string, string] => [word, `${word}\u{10FFFF}`];
