import type { SqliteStatement, SqliteValue } from "../sqlite/Sqlite.ts";
import type { Database } from "./openDatabase.ts";

/**
 * Caches prepared statements by their SQL. Callers assert the type of the rows, so rows must not be shown unchecked.
 */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, SqliteStatement>();
  readonly #preparedRaw = new Map<string, SqliteStatement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Returns the number of rows changed. Uses bigints, because a damaged row number makes later ones too large for a
   * number.
   */
  run(sql: string, ...parameters: SqliteValue[]): number {
    return Number(this.#prepare(sql, true).run(...parameters).changes);
  }

  get<Row>(sql: string, ...parameters: SqliteValue[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as Row | undefined;
  }

  all<Row>(sql: string, ...parameters: SqliteValue[]): Row[] {
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  /** Returns whether there is such a table. A store that is backed up before its migration lacks the newest ones. */
  hasTable(name: string): boolean {
    return this.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", name) !== undefined;
  }

  /** Returns rows as stored, to be read by a RowSchema. Integers are bigints, so that no value makes it throw. */
  raw(sql: string, ...parameters: SqliteValue[]): Record<string, unknown>[] {
    return this.#prepare(sql, true).all(...parameters) as Record<string, unknown>[];
  }

  #prepare(sql: string, readBigInts = false): SqliteStatement {
    const prepared = readBigInts ? this.#preparedRaw : this.#prepared;
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReadBigInts(readBigInts);
      prepared.set(sql, statement);
    }
    return statement;
  }
}
