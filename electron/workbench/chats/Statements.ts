import type { StatementSyncInstance } from "@photostructure/sqlite";
import type { Database } from "./openDatabase.ts";

type Parameter = string | number | bigint | null | Uint8Array;

/** Caches prepared statements by their SQL. Rows have the type that the caller names, so they must not be shown. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, StatementSyncInstance>();
  readonly #preparedRaw = new Map<string, StatementSyncInstance>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Answers the number of rows changed. As bigints, since a damaged row number makes the next ones too large. */
  run(sql: string, ...parameters: Parameter[]): number {
    return Number(this.#prepare(sql, true).run(...parameters).changes);
  }

  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as Row | undefined;
  }

  all<Row>(sql: string, ...parameters: Parameter[]): Row[] {
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  /** Returns rows as stored, to be read by a RowSchema. Integers are bigints, so that no value makes it throw. */
  raw(sql: string, ...parameters: Parameter[]): Record<string, unknown>[] {
    return this.#prepare(sql, true).all(...parameters) as Record<string, unknown>[];
  }

  #prepare(sql: string, readBigInts = false): StatementSyncInstance {
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
