import type { StatementSyncInstance } from "@photostructure/sqlite";
import type { Database } from "./openDatabase.ts";

type Parameter = string | number | null | Uint8Array;

/** Prepared statements by their SQL, each prepared once. Rows come back typed by the caller, who knows the schema. */
export class Statements {
  readonly #database: Database;
  readonly #prepared = new Map<string, StatementSyncInstance>();

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

  #prepare(sql: string): StatementSyncInstance {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
