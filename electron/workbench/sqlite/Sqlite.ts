export type SqliteValue = string | number | bigint | null | Uint8Array;

/** What is used of a prepared statement, named as in `node:sqlite`. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { changes: number | bigint };
  get(...values: SqliteValue[]): Record<string, unknown> | undefined;
  all(...values: SqliteValue[]): Record<string, unknown>[];
  iterate(...values: SqliteValue[]): Iterable<Record<string, unknown>>;
  setReadBigInts(enabled: boolean): void;
}

/** What is used of a database, named as in `node:sqlite`. Errors of SQLite have its extended result code as `errcode`. */
export interface Sqlite {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}
