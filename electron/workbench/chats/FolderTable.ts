import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type ChatFolder, type ChatFolders, type DeletedFolder, mostChatFolders } from "../../contract/chatFolders.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { foldText } from "../../contract/foldText.ts";
import { column, integer, json, RowSchema } from "./RowSchema.ts";
import type { Statements } from "./Statements.ts";

const schema = new RowSchema({
  id: column(z.string(), ""),
  name: column(json(z.string()), ""),
  createdAt: column(integer, 0),
});

export type NamedFolder = Pick<ChatFolder, "id" | "name">;

/** The folders of the chats. */
export class FolderTable {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  list(): ChatFolder[] {
    const rows = this.#statements.raw("SELECT id, name, createdAt FROM folders ORDER BY sequence");
    return rows.map((row) => schema.read(row).values);
  }

  /** Returns the folders, and how many chats are archived. */
  all(): ChatFolders {
    const sql = "SELECT count(*) AS count FROM chats WHERE hiddenBy IS NULL AND archived <> 0";
    return { folders: this.list(), archived: this.#statements.get<{ count: number }>(sql)?.count ?? 0 };
  }

  /** Throws `chat-folder-exists` if another one has this name, or `chat-folders-full`. */
  create(name: string, { id, createdAt }: { id: string; createdAt: number } = newFolder()): ChatFolder {
    this.#refuseName(name, id);
    if (this.list().length >= mostChatFolders)
      throw new WorkbenchError("chat-folders-full", { case: "most", most: mostChatFolders });
    const sql = "INSERT INTO folders (id, name, createdAt) VALUES (?, ?, ?)";
    this.#statements.run(sql, id, JSON.stringify(name), createdAt);
    return { id, name, createdAt };
  }

  /** Throws `chat-folder-not-found` or `chat-folder-exists`. */
  rename(folderId: string, name: string): void {
    this.#read(folderId);
    this.#refuseName(name, folderId);
    this.#statements.run("UPDATE folders SET name = ? WHERE id = ?", JSON.stringify(name), folderId);
  }

  /** Throws `chat-folder-not-found`. */
  delete(folderId: string): DeletedFolder {
    const folder = this.#read(folderId);
    const inIt = this.#statements.all<{ id: string }>("SELECT id FROM chats WHERE folderId = ?", folderId);
    this.#statements.run("DELETE FROM folders WHERE id = ?", folderId);
    return { folder, chatIds: inIt.map(({ id }) => id) };
  }

  /** Makes a deleted folder again, with those of its chats that still exist and are in no folder. */
  restore({ folder, chatIds }: DeletedFolder): void {
    const { id } = this.list().find((each) => each.id === folder.id) ?? this.create(folder.name, folder);
    const sql = "UPDATE chats SET folderId = ? WHERE id = ? AND folderId IS NULL";
    for (const chatId of chatIds) this.#statements.run(sql, id, chatId);
  }

  /** Puts a chat into a folder, or for null into none. Throws `chat-not-found` or `chat-folder-not-found`. */
  move(chatId: string, folderId: string | null): void {
    if (folderId !== null) this.#read(folderId);
    const sql = "UPDATE chats SET folderId = ? WHERE id = ? AND hiddenBy IS NULL";
    if (this.#statements.run(sql, folderId, chatId) === 0) throw new WorkbenchError("chat-not-found");
  }

  /**
   * Returns the id of the folder with this id or else this name, which is made if there is none. Null if there are too
   * many folders.
   */
  expect({ id, name }: NamedFolder): { id: string; isNew: boolean } | null {
    const folders = this.list();
    const known = findSame(folders, { id, name });
    if (known !== undefined) return { id: known.id, isNew: false };
    if (folders.length >= mostChatFolders) return null;
    return { id: this.create(name, { id, createdAt: Date.now() }).id, isNew: true };
  }

  /** Returns how many of these folders `expect` would make, and for how many others there is no room. */
  countNew(given: readonly NamedFolder[]): { folders: number; foldersLeftOut: number } {
    const here = this.list();
    const ids = new Set(here.map(({ id }) => id));
    const names = new Set(here.map(({ name }) => plain(name)));
    let count = 0;
    for (const { id, name } of given) {
      const plainName = plain(name);
      if (ids.has(id) || names.has(plainName)) continue;
      ids.add(id);
      names.add(plainName);
      count++;
    }
    const folders = Math.min(count, Math.max(0, mostChatFolders - here.length));
    return { folders, foldersLeftOut: count - folders };
  }

  /** Deletes those of these folders that have no chats but hidden ones, and no folder of documents. */
  deleteEmpty(folderIds: readonly string[]): void {
    const sql = `DELETE FROM folders WHERE id = ?
      AND NOT EXISTS (SELECT 1 FROM chats WHERE folderId = folders.id AND hiddenBy IS NULL)
      AND NOT EXISTS (SELECT 1 FROM folderSources WHERE folderId = folders.id)`;
    for (const id of folderIds) this.#statements.run(sql, id);
  }

  /** Takes chats out of folders that are gone: their column was damaged, and they would not be listed. */
  mend(): void {
    this.#statements.run(
      "UPDATE chats SET folderId = NULL WHERE folderId IS NOT NULL AND folderId NOT IN (SELECT id FROM folders)",
    );
  }

  #read(folderId: string): ChatFolder {
    const [row] = this.#statements.raw("SELECT id, name, createdAt FROM folders WHERE id = ?", folderId);
    if (row === undefined) throw new WorkbenchError("chat-folder-not-found");
    return schema.read(row).values;
  }

  #refuseName(name: string, ownId: string): void {
    if (this.list().some((each) => each.id !== ownId && isSame(each.name, name)))
      throw new WorkbenchError("chat-folder-exists", { case: "named", name });
  }
}

const newFolder = (): { id: string; createdAt: number } => ({ id: randomUUID(), createdAt: Date.now() });

/** A name as it is compared. */
const plain = (name: string): string => foldText(name.trim());

const isSame = (one: string, other: string): boolean => plain(one) === plain(other);

const findSame = (folders: readonly NamedFolder[], { id, name }: NamedFolder): NamedFolder | undefined =>
  folders.find((each) => each.id === id) ?? folders.find((each) => isSame(each.name, name));
