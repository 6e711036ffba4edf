import type { StatementSyncInstance } from "@photostructure/sqlite";
import type { Database } from "./openDatabase.ts";

type Parameter = string | number | null | Uint8Array;

/** Prepared statements by their SQL, each prepared once. Rows come back typed by the caller: for values of ours that are looked up, never for what is shown. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, StatementSyncInstance>();
  readonly #preparedRaw = new Map<string, StatementSyncInstance>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Answers the number of rows changed. */
  run(sql: string, ...parameters: Parameter[]): number {
    return Number(this.#prepare(sql).run(...parameters).changes);
  }

  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as Row | undefined;
  }

  all<Row>(sql: string, ...parameters: Parameter[]): Row[] {
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  /** Rows as they lie on the disk, to be read by a RowSchema. Integers are bigints: no value makes it fail. */
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
