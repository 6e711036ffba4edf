import { createRequire } from "node:module";
import { resultCodeOf } from "./resultCodes.ts";
import type { Sqlite, SqliteStatement, SqliteValue } from "./Sqlite.ts";
import type { StoreKey } from "./StoreKey.ts";

/** What is used of better-sqlite3-multiple-ciphers. Its own types are not where TypeScript looks for them. */
interface Binding {
  new (location: string, options: { readonly: boolean; timeout: number }): BoundDatabase;
}

interface BoundDatabase {
  readonly inTransaction: boolean;
  key(key: Buffer): number;
  exec(sql: string): unknown;
  prepare(sql: string): BoundStatement;
  backup(destination: string, options: { progress: () => number }): Promise<unknown>;
  close(): unknown;
}

interface BoundStatement {
  run(...values: SqliteValue[]): { changes: number };
  get(...values: SqliteValue[]): Record<string, unknown> | undefined;
  all(...values: SqliteValue[]): Record<string, unknown>[];
  iterate(...values: SqliteValue[]): IterableIterator<Record<string, unknown>>;
  safeIntegers(enabled: boolean): unknown;
}

export interface EncryptedSqliteOptions {
  /** Null for a database that is not encrypted, from which an encrypted one is made. */
  key: StoreKey | null;
  readOnly: boolean;
  timeout: number;
  isUnchanging: boolean;
}

/** Each page has its own nonce and an authentication tag. The name is written out in case the library's default changes. */
export const cipher = "chacha20";

/** The version of Node-API that the library needs. In a process with an older one, loading it ends the process. */
const neededNodeApi = 10;

/** A database whose pages are encrypted, also in its log, behind the interface of `node:sqlite`. */
export class EncryptedSqlite implements Sqlite {
  readonly #database: BoundDatabase;

  /** Throws SQLite's error. A wrong key is noticed by the first statement that reads. */
  constructor(path: string, { key, readOnly, timeout, isUnchanging }: EncryptedSqliteOptions) {
    const Bound = loadBinding();
    const location = isUnchanging ? `${addressOf(path)}?immutable=1` : path;
    this.#database = coded(() => new Bound(location, { readonly: readOnly, timeout }));
    try {
      coded(() => {
        if (key !== null) {
          this.#database.exec(`PRAGMA cipher='${cipher}'`);
          this.#database.key(Buffer.from(`raw:${key}`));
        }
        // What a sort or a statement sets aside is not encrypted.
        this.#database.exec("PRAGMA temp_store=MEMORY");
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get isTransaction(): boolean {
    return this.#database.inTransaction;
  }

  exec(sql: string): void {
    coded(() => this.#database.exec(sql));
  }

  prepare(sql: string): SqliteStatement {
    return new EncryptedStatement(coded(() => this.#database.prepare(sql)));
  }

  /**
   * Writes all of this database, as it is at one moment, into a file that is empty or not there, with another key or none.
   * Throws SQLite's error.
   */
  writeInto(path: string, key: StoreKey | null): void {
    const address = `${addressOf(path)}?${key === null ? "key=" : `cipher=${cipher}&key=raw:${key}`}`;
    this.prepare("VACUUM INTO ?").run(address);
  }

  /**
   * Replaces all of the database at `path`, which has the same key, by this one, in one transaction of it. Rejects with
   * SQLite's error.
   */
  async copyTo(path: string, key: StoreKey): Promise<void> {
    try {
      await this.#database.backup(`${addressOf(path)}?cipher=${cipher}&key=raw:${key}`, { progress: () => allPages });
    } catch (error) {
      throw withCode(error);
    }
  }

  close(): void {
    coded(() => this.#database.close());
  }
}

/** More than any database has: nothing is written to it in between. */
const allPages = 0x7fffffff;

class EncryptedStatement implements SqliteStatement {
  readonly #statement: BoundStatement;

  constructor(statement: BoundStatement) {
    this.#statement = statement;
  }

  run(...values: SqliteValue[]): { changes: number | bigint } {
    return coded(() => this.#statement.run(...values));
  }

  get(...values: SqliteValue[]): Record<string, unknown> | undefined {
    return coded(() => this.#statement.get(...values));
  }

  all(...values: SqliteValue[]): Record<string, unknown>[] {
    return coded(() => this.#statement.all(...values));
  }

  *iterate(...values: SqliteValue[]): Generator<Record<string, unknown>> {
    const rows = coded(() => this.#statement.iterate(...values));
    try {
      for (let row = coded(() => rows.next()); row.done !== true; row = coded(() => rows.next())) yield row.value;
    } finally {
      rows.return?.();
    }
  }

  setReadBigInts(enabled: boolean): void {
    this.#statement.safeIntegers(enabled);
  }
}

/** Loaded when needed only, because a process that cannot load it would end. */
function loadBinding(): Binding {
  if (Number(process.versions["napi"]) < neededNodeApi) throw new Error("Encrypted databases need Node 22.");
  return createRequire(import.meta.url)("better-sqlite3-multiple-ciphers") as Binding;
}

/**
 * Returns the address of a file for SQLite. Its path is escaped altogether, because the library takes what is before a
 * slash for a folder that must exist.
 */
const addressOf = (path: string): string => `file:${encodeURIComponent(path)}`;

function coded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw withCode(error);
  }
}

/**
 * Returns the error with SQLite's result code as a number, as the other binding has it, and without the key, which is in the
 * address of a file that cannot be opened.
 */
function withCode(error: unknown): unknown {
  if (error instanceof Error) {
    const withoutKey = (text: string): string => text.replace(/(?<=key=raw:)[0-9a-f]+/gi, "…");
    const { message, stack = "" } = error;
    Object.assign(error, { message: withoutKey(message), stack: withoutKey(stack) });
  }
  if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_")) {
    Object.assign(error, { errcode: resultCodeOf(String(error.code)) });
  }
  return error;
}
