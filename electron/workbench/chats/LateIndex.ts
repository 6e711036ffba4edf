import { rowsWithin } from "./rowsWithin.ts";
import type { Statements } from "./Statements.ts";
import { StepSize } from "./StepSize.ts";

/** How many bytes of messages are indexed in a step. */
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
  readonly #bytes = new StepSize(bytes);

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Whether there is something left to index, also of what other processes added. */
  get isDue(): boolean {
    return this.#statements.get("SELECT 1 FROM unindexedMessages WHERE isShown = 1 LIMIT 1") !== undefined;
  }

  /** Indexes some messages, oldest first, because the index takes rising row numbers much more quickly. */
  step(): void {
    const rows = this.#statements.raw(
      `SELECT u.sequence, coalesce(octet_length(m.text), 0) + ${bytesOfRow} AS bytes FROM unindexedMessages u
       LEFT JOIN messages m ON m.sequence = u.sequence WHERE u.isShown = 1 ORDER BY u.sequence LIMIT ?`,
      messagesAtOnce,
    );
    const list = `[${rowsWithin(rows, this.#bytes.size).sequences.join()}]`;
    // They are searchable, as the view says, only when they are no longer listed.
    this.#statements.run("DELETE FROM unindexedMessages WHERE sequence IN (SELECT value FROM json_each(?))", list);
    this.#statements.run(
      `INSERT INTO messageSearch (rowid, words) SELECT s.sequence, s.words FROM json_each(?) j
       CROSS JOIN searchableMessages s ON s.sequence = j.value`,
      list,
    );
  }

  /** Adapts the size of the next steps to how long one took, with its commit. */
  adapt(tookMs: number): void {
    this.#bytes.adapt(tookMs);
  }
}
