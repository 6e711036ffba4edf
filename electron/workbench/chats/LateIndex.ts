import type { Statements } from "./Statements.ts";

/** How long a step should take, in milliseconds, because other requests wait for it. */
const stepMs = 30;
/** How many bytes of messages are indexed in a step. Adapted to how long the steps take. */
const bytes = { first: 30_000, least: 2_000, most: 300_000 };
/** What each message costs beside its words, as if it had so many more bytes. */
const bytesOfRow = 100;
const messagesAtOnce = 400;

/**
 * Indexes messages that were added to hidden chats, once these are shown: some at a time, because it takes much longer
 * than storing them. Until then, searches read them one by one. Each step is kept on the disk, and the next start
 * continues. Call `step` inside write transactions.
 */
export class LateIndex {
  readonly #statements: Statements;
  #isDue = false;
  #bytes = bytes.first;

  constructor(statements: Statements) {
    this.#statements = statements;
    this.lookAgain();
  }

  /** Whether there is something left to index. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** Finds out what is left now, also of what other processes added. */
  lookAgain(): void {
    const sql = "SELECT 1 FROM unindexedMessages WHERE isShown = 1 LIMIT 1";
    this.#isDue = this.#statements.raw(sql).length > 0;
  }

  /** Indexes some messages, oldest first, because the index takes rising row numbers much more quickly. */
  step(): void {
    const rows = this.#statements.raw(
      `SELECT u.sequence, octet_length(m.text) AS bytes FROM unindexedMessages u LEFT JOIN messages m
       ON m.sequence = u.sequence WHERE u.isShown = 1 ORDER BY u.sequence LIMIT ?`,
      messagesAtOnce,
    );
    let room = this.#bytes;
    const part: bigint[] = [];
    for (const { sequence, bytes: size } of rows) {
      if (room <= 0) break;
      part.push(sequence as bigint);
      room -= Number(size ?? 0) + bytesOfRow;
    }
    const list = `[${part.join()}]`;
    // They are searchable, as the view says, only when they are no longer listed.
    this.#statements.run("DELETE FROM unindexedMessages WHERE sequence IN (SELECT value FROM json_each(?))", list);
    this.#statements.run(
      `INSERT INTO messageSearch (rowid, words) SELECT s.sequence, s.words FROM json_each(?) j
       CROSS JOIN searchableMessages s ON s.sequence = j.value`,
      list,
    );
    this.lookAgain();
  }

  /** Adapts the size of the next steps to how long one took, with its commit. */
  adapt(tookMs: number): void {
    this.#bytes = Math.round(Math.min(bytes.most, Math.max(bytes.least, this.#bytes * Math.min(2, stepMs / tookMs))));
  }
}
