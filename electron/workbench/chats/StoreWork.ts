import { type FactsByCode, WorkbenchError } from "../../contract/errors.ts";
import { inTransaction, type Database } from "./openDatabase.ts";
import { isDamage, toStoreError } from "./storeProblem.ts";

/** Runs what the operations of a store do. What fails is thrown as an error of the store. */
export class StoreWork {
  readonly #database: Database;
  /** Why nothing can be written, or null. */
  readonly readOnly: FactsByCode["store-read-only"]["case"] | null;
  #isDamaged = false;
  #writtenOn: string | null = null;

  constructor(database: Database, readOnly: StoreWork["readOnly"]) {
    this.#database = database;
    this.readOnly = readOnly;
  }

  /** Whether damage was found. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** The day of the last change by this process, as people write it, or null if there was none. */
  get writtenOn(): string | null {
    return this.#writtenOn;
  }

  read<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.#isDamaged ||= isDamage(error);
      throw toStoreError(error);
    }
  }

  /** Runs it in a transaction. Throws `store-read-only` too. */
  write<Result>(work: () => Result): Result {
    const result = this.writeQuietly(work);
    this.#writtenOn = new Date().toDateString();
    return result;
  }

  /** The same for what has no result. */
  change(work: () => void): null {
    this.write(work);
    return null;
  }

  /** Writes what is no change of the chats, for which a backup would be made. */
  writeQuietly<Result>(work: () => Result): Result {
    if (this.readOnly !== null) throw new WorkbenchError("store-read-only", { case: this.readOnly });
    return this.read(() => inTransaction(this.#database, work));
  }
}
