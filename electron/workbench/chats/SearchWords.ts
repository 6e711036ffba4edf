import type { Statements } from "./Statements.ts";
import { StepSize } from "./StepSize.ts";

/*
 * What removing words costs, in arbitrary units: at once, for each byte of a message; later, for each page of the whole
 * index. Measured with `tests/bench/eraseChats.mjs`.
 */
const costs = { byte: 1, page: 7 };
/** What each message costs beside its words, as if it had so many more bytes. */
const bytesOfRow = 100;
/** The words of a longer message, in bytes, would keep others waiting for too long. */
const mostAtOnce = 4_000;
const pages = { first: 100, least: 8, most: 400 };

/**
 * The words of erased messages in the search index. SQLite removes them together with a message ("secure-delete"), which
 * takes about 40 ms for an answer, or when the index is merged, which costs less for many messages. Until that is done,
 * "secure-delete" stays off, and so the file itself says that words are left, also after the process was killed.
 */
export class SearchWords {
  readonly #statements: Statements;
  #areLeft = false;
  readonly #pages = new StepSize(pages);

  constructor(statements: Statements) {
    this.#statements = statements;
    this.lookAgain();
  }

  /** Whether the index has words of erased messages, or will have those of messages that are erased from now on. */
  get areLeft(): boolean {
    return this.#areLeft;
  }

  lookAgain(): void {
    const sql = "SELECT v AS value FROM messageSearch_config WHERE k = 'secure-delete'";
    this.#areLeft = this.#statements.get<{ value: number }>(sql)?.value !== 1;
  }

  /** Decides whether the words of these chats are removed together with their messages. */
  prepare(chatIds: readonly string[]): void {
    if (this.#areLeft) return;
    const most = this.#number("SELECT count(*) FROM messageSearch_idx") * costs.page;
    const indexed = this.#statements.hasTable("unindexedMessages")
      ? "AND NOT EXISTS (SELECT 1 FROM unindexedMessages u WHERE u.sequence = m.sequence)"
      : "";
    const sizes = `SELECT octet_length(text) AS bytes FROM messages m
       WHERE chatId IN (SELECT value FROM json_each(?)) ${indexed}
       LIMIT ${Math.ceil(most / costs.byte / bytesOfRow) + 1}`;
    const list = JSON.stringify(chatIds);
    const longest = this.#number(`SELECT max(bytes) FROM (${sizes})`, list);
    const total = this.#number(`SELECT sum(bytes + ${bytesOfRow}) FROM (${sizes})`, list);
    if (longest > mostAtOnce || total * costs.byte > most) this.#setAtOnce(false);
  }

  /** Removes words from a part of the index. */
  removeSome(): void {
    const before = this.#changes();
    // FTS5 takes only integers, and numbers are bound as floating-point ones.
    const sql = "INSERT INTO messageSearch (messageSearch, rank) VALUES ('merge', CAST(? AS INTEGER))";
    this.#statements.run(sql, -this.#pages.size);
    // As SQLite's documentation says: fewer than two changes mean that there was nothing to merge.
    if (this.#changes() - before < 2) this.#setAtOnce(true);
  }

  /** Adapts the size of the next parts to how long one took, with its commit. */
  adapt(tookMs: number): void {
    this.#pages.adapt(tookMs);
  }

  #setAtOnce(isAtOnce: boolean): void {
    const sql = "INSERT INTO messageSearch (messageSearch, rank) VALUES ('secure-delete', CAST(? AS INTEGER))";
    this.#statements.run(sql, isAtOnce ? 1 : 0);
    this.#areLeft = !isAtOnce;
  }

  #changes(): number {
    return this.#number("SELECT total_changes()");
  }

  #number(sql: string, ...parameters: string[]): number {
    const [row] = this.#statements.raw(sql, ...parameters);
    return Number(Object.values(row ?? {})[0] ?? 0);
  }
}
