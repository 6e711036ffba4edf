import { WorkbenchError } from "../../contract/errors.ts";
import { firstTables } from "./migrations/0001FirstTables.ts";
import { newChat } from "./migrations/0002NewChat.ts";
import { validJsonOnly } from "./migrations/0003ValidJsonOnly.ts";
import { places } from "./migrations/0004Places.ts";
import { addFoldedTexts } from "./migrations/0005FoldedTexts.ts";
import { addPagesAndShortWords } from "./migrations/0006PagesAndShortWords.ts";
import { promptFrom } from "./migrations/0007PromptFrom.ts";
import { pinsAndReplySettings } from "./migrations/0008PinsAndReplySettings.ts";
import { edits } from "./migrations/0009Edits.ts";
import { beginnings } from "./migrations/0010Beginnings.ts";
import { foldersAndArchive } from "./migrations/0011FoldersAndArchive.ts";
import { indexLater } from "./migrations/0012IndexLater.ts";
import { attachments } from "./migrations/0013Attachments.ts";
import { addTextPlaces } from "./migrations/0014TextPlaces.ts";
import { summaries } from "./migrations/0015Summaries.ts";
import { folderDocuments } from "./migrations/0016FolderDocuments.ts";
import type { Migration } from "./migrations/Migration.ts";
import { inTransaction, type Database } from "./openDatabase.ts";
import { isStatementError } from "./storeProblem.ts";

/**
 * Each entry migrates the schema from its index to the next number; `user_version` stores the number reached. Never change
 * an entry that was released: add a new one, and a store of the schema before it to `tests/support/chats/stores`.
 */
const migrations: readonly Migration[] = [
  firstTables,
  newChat,
  validJsonOnly,
  places,
  addFoldedTexts,
  addPagesAndShortWords,
  promptFrom,
  pinsAndReplySettings,
  edits,
  beginnings,
  foldersAndArchive,
  indexLater,
  attachments,
  addTextPlaces,
  summaries,
  folderDocuments,
];

/** The newest schema that this version of the app supports. */
export const newestSchema = migrations.length;

/**
 * Migrates the database to the newest schema, one transaction per step, so that it is never between two. Throws
 * `store-newer` for a database from a newer app and leaves it unchanged, `store-failed` if a step has a mistake, or SQLite's
 * error, such as for a row that breaks a rule.
 */
export function migrate(database: Database): void {
  if (schemaOf(database) > newestSchema) {
    throw new WorkbenchError("store-newer", undefined, `schema ${schemaOf(database)}, known up to ${newestSchema}`);
  }
  for (const [from, step] of migrations.entries()) {
    if (schemaOf(database) > from) continue;
    inTransaction(database, () => {
      // Another process may have completed this step while we waited for the lock.
      if (schemaOf(database) > from) return;
      run(database, step, from + 1);
      database.exec(`PRAGMA user_version = ${from + 1}`);
    });
  }
}

function run(database: Database, step: Migration, schema: number): void {
  try {
    if (typeof step === "string") database.exec(step);
    else step(database);
  } catch (error) {
    // A definition that cannot be read is found before: the store is backed up, and the backup examined.
    if (!isStatementError(error)) throw error;
    throw new WorkbenchError("store-failed", { case: "notConverted" }, `schema ${schema}: ${String(error)}`);
  }
}

/** Returns the schema number of the file. 0 for a new one. */
export function schemaOf(database: Database): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}
