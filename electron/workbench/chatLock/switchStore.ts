import { existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import {
  type BackupFile,
  backupId,
  backupsFolder,
  listBackupFiles,
  newUnfinishedBackup,
  unfinishedBackups,
} from "../backups/backupFiles.ts";
import { finishMending, mendingFiles } from "../chats/salvage/mendStore.ts";
import { quarantine } from "../chats/quarantine.ts";
import { storeFile } from "../chats/storeFile.ts";
import { isDamage } from "../chats/storeProblem.ts";
import { databaseEndings, expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { isOwnContent } from "../home/homeEntries.ts";
import { syncFolderNow } from "../home/syncPath.ts";
import { convertList, eraseList, listFiles } from "../imports/importedList.ts";
import { isPlainDatabase } from "../sqlite/isPlainDatabase.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { convertDatabase } from "./convertDatabase.ts";
import { overwriteFile } from "./overwriteFile.ts";

/*
 * The parts of switching the lock on and off (see `LockFile` for the order). Each can be done again from its start when it
 * was interrupted. Each throws SQLite's or the file system's error, or `StoreDamage`.
 */

export interface SwitchedStore {
  home: string;
  key: StoreKey;
  isEncrypting: boolean;
  /** Whether what is erased includes the chats that are not encrypted. */
  alsoPlain: boolean;
}

/** What a disk has left after a switch, in bytes. */
const reserveBytes = 50_000_000;

/** Throws `chat-lock-refused` if the disk has no room for another copy of the store and of the largest backup. */
export function expectRoom({ home, key, isEncrypting }: SwitchedStore): void {
  const store = storeFile(home, isEncrypting ? null : key);
  const sizes = databaseEndings.map((ending) => statSync(store + ending, { throwIfNoEntry: false })?.size ?? 0);
  const storeBytes = sizes.reduce((sum, size) => sum + size, 0);
  // The store before is erased before the backups are converted, one by one.
  const backupBytes = Math.max(0, ...listBackupFiles(home).map(({ path }) => statSync(path).size));
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize < Math.max(storeBytes, backupBytes) + reserveBytes) {
    throw new WorkbenchError("chat-lock-refused", { case: "diskFull" });
  }
}

/**
 * Erases the encrypted store and the encrypted backups, which nobody can open, and with `alsoPlain` the plain ones. Unfinished
 * backups and what models have read are erased in any case.
 */
export function eraseEncrypted({ home, key, alsoPlain }: SwitchedStore): void {
  eraseRests(home);
  // The encrypted store comes last: as long as it is there, the chats are not taken for ones that are not encrypted.
  for (const { path } of listBackupFiles(home)) if (alsoPlain || !isPlainDatabase(path)) eraseDatabase(path);
  for (const store of [...(alsoPlain ? [storeFile(home, null)] : []), storeFile(home, key)]) {
    for (const path of [...mendingFiles(store), unfinished(store), store]) eraseDatabase(path);
  }
  eraseList(home, true);
  if (alsoPlain) eraseList(home, false);
}

/** Writes the store that is to take the place of the present one, which is not changed and which nobody may have open. */
export function writeOtherStore({ home, key, isEncrypting }: SwitchedStore): void {
  const plain = { path: storeFile(home, null), key: null };
  const encrypted = { path: storeFile(home, key), key };
  const [from, to] = isEncrypting ? [plain, encrypted] : [encrypted, plain];
  // Of a store that was being mended, only the mended one may be whole.
  finishMending(from.path);
  expectOwnDatabase(from.path);
  if (existsSync(from.path)) convertDatabase(from, to, unfinished(to.path));
}

/** Deletes what `writeOtherStore` has written, because the present store is to stay. */
export function removeOtherStore({ home, key, isEncrypting }: SwitchedStore): void {
  const path = storeFile(home, isEncrypting ? key : null);
  eraseDatabase(unfinished(path));
  eraseDatabase(path);
}

/**
 * Erases the store before, and converts the list of what was imported and the backups, whose sources are erased too. When
 * encrypting, unfinished backups and what models have read are erased with them.
 */
export function finishSwitch({ home, key, isEncrypting }: SwitchedStore): void {
  const before = storeFile(home, isEncrypting ? null : key);
  for (const path of [unfinished(before), ...mendingFiles(before), before]) eraseDatabase(path);
  if (isEncrypting) eraseRests(home);
  // A home that had no chat yet has no folder for it.
  if (existsSync(dirname(before))) syncFolderNow(dirname(before));
  // Before the backups, for which the disk may have no room: without the list, the import could not be undone.
  const [from, to] = isEncrypting ? [null, key] : [key, null];
  convertList(home, from, to);
  for (const file of listBackupFiles(home)) {
    if (isPlainDatabase(file.path) === isEncrypting) convertBackup(file, { home, key, isEncrypting });
  }
}

/**
 * Sets aside a plain store that is beside the encrypted one although none was left there, and encrypts plain backups. An
 * earlier version of the app has written them, and they may have chats that are nowhere else.
 */
export function setPlainAside({ home, key }: SwitchedStore): void {
  if (existsSync(storeFile(home, null))) quarantine(storeFile(home, null), new Date());
  finishSwitch({ home, key, isEncrypting: true, alsoPlain: false });
}

/** Returns whether a home whose chats are encrypted still has plain ones, apart from those that were set aside. */
export function hasPlainChats(home: string): boolean {
  const plain = storeFile(home, null);
  const paths = [plain, unfinished(plain), ...mendingFiles(plain)];
  return (
    paths.some((path) => databaseEndings.some((ending) => existsSync(path + ending))) ||
    listBackupFiles(home).some(({ path }) => isPlainDatabase(path)) ||
    // Without its database, a log or a journal does not say whether it is encrypted.
    unfinishedBackups(home).some((path) => !existsSync(path) || isPlainDatabase(path)) ||
    stateFiles(home).length > 0 ||
    listFiles(home, false).length > 0
  );
}

/** Leaves a damaged backup as it is. When encrypting, it is set aside, with the other damaged files that are not encrypted. */
function convertBackup(file: BackupFile, { home, key, isEncrypting }: Omit<SwitchedStore, "alsoPlain">): void {
  const [fromKey, toKey] = isEncrypting ? [null, key] : [key, null];
  // Another name, so that one of them is whole at every moment.
  const id = backupId(new Date(file.madeAt + 1), file.reason);
  const to = join(backupsFolder(home), `${id}.db`);
  try {
    convertDatabase({ path: file.path, key: fromKey }, { path: to, key: toKey }, newUnfinishedBackup(home, id));
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (isEncrypting) quarantine(file.path, new Date());
    return;
  }
  eraseDatabase(file.path);
  syncFolderNow(backupsFolder(home));
}

/** Erases what is of no use any more: unfinished backups, and what models have read. */
function eraseRests(home: string): void {
  for (const path of unfinishedBackups(home)) eraseDatabase(path);
  for (const path of stateFiles(home)) overwriteFile(path);
}

/** Returns the files with what models have read of chats. */
function stateFiles(home: string): string[] {
  const folder = join(home, "state");
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isOwnContent("state", entry.name))
    .map(({ name }) => join(folder, name));
}

const unfinished = (path: string): string => `${path}.converting`;

/** The database comes last: without it, what is beside it is not looked at. */
function eraseDatabase(path: string): void {
  for (const ending of databaseEndings.toReversed()) overwriteFile(path + ending);
}
