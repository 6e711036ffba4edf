import { copyFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { toProblem } from "../../contract/errors.ts";
import { type LockRecord, readLockFile } from "../chatLock/LockFile.ts";
import { hasPlainChats } from "../chatLock/switchStore.ts";
import { findDamage } from "../chats/findDamage.ts";
import { newestSchema, schemaOf } from "../chats/migrations.ts";
import { busyTimeoutMs } from "../chats/openDatabase.ts";
import { encryptedStoreFile, storeFile } from "../chats/storeFile.ts";
import { listOwners } from "../chats/StoreOwner.ts";
import { isDamage } from "../chats/storeProblem.ts";
import { expectOwnDatabase } from "../home/expectOwnDatabase.ts";
import { unchangingDatabase } from "../sqlite/unchangingDatabase.ts";
import { diskSpace } from "../models/diskSpace.ts";
import { makeDoctorFolder } from "./doctorFolder.ts";
import { finding } from "./DoctorOptions.ts";

/**
 * Reads every page of the chat store, without writing one. SQLite writes beside a store that was not closed, so a copy
 * of it is read, or the store itself while another process has it open. Of encrypted chats, only what lies beside them.
 */
export async function checkStore(home: string): Promise<DoctorCheck> {
  try {
    const lock = readLockFile(home);
    return lock === null ? await checkPlainStore(home) : await checkEncryptedStore(home, lock);
  } catch (error) {
    return { name: "store", ok: false, problem: toProblem(error) };
  }
}

async function checkEncryptedStore(home: string, { stage }: LockRecord): Promise<DoctorCheck> {
  if (stage === "encrypting" || stage === "decrypted") return finding("store", false, { code: "storeSwitching" });
  if (hasPlainChats(home)) {
    return finding("store", false, { code: stage === "encrypted" ? "storePartlyPlain" : "storeSwitching" });
  }
  return finding("store", true, { code: "storeEncrypted", facts: { size: await sizeOf(encryptedStoreFile(home)) } });
}

async function checkPlainStore(home: string): Promise<DoctorCheck> {
  const path = storeFile(home, null);
  try {
    expectOwnDatabase(path);
  } catch (error) {
    return { name: "store", ok: false, problem: toProblem(error) };
  }
  const sizeBytes = await sizeOf(path);
  if (sizeBytes === 0) return finding("store", true, { code: "storeNone" });
  try {
    const isInUse = (): boolean => listOwners(join(dirname(path), "owners")).alive.length > 0;
    // While it is in use, its journal may be empty at this moment only.
    if (isInUse()) return examined(path, sizeBytes);
    if ((await sizeOf(`${path}-wal`)) > 0 || (await sizeOf(`${path}-journal`)) > 0) return await examinedCopy(path);
    const check = examined(unchangingDatabase(path), sizeBytes);
    // The app may have been started meanwhile.
    return !check.ok && isInUse() ? examined(path, sizeBytes) : check;
  } catch (error) {
    return finding("store", false, { code: "storeUnreadable", facts: { reason: said(error) } });
  }
}

/** Examines the database as it is. Throws if it cannot be opened for a reason other than damage. */
function examined(location: string | URL, sizeBytes: number): DoctorCheck {
  let database: DatabaseSyncInstance | null = null;
  try {
    database = new DatabaseSync(location, { readOnly: true, timeout: busyTimeoutMs });
    const schema = schemaOf(database);
    const known = newestSchema;
    if (schema > known) return finding("store", false, { code: "storeNewer", facts: { schema, known } });
    const damage = findDamage(database);
    if (damage !== null) return finding("store", false, { code: "storeDamaged", facts: { reason: damage } });
    if (schema < known) return finding("store", true, { code: "storeOlder", facts: { schema, known } });
    const count = Number(database.prepare("SELECT count(*) AS chats FROM chats").get()?.["chats"]);
    return finding("store", true, { code: "storeGood", facts: { count, size: sizeBytes, schema } });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return finding("store", false, { code: "storeDamaged", facts: { reason: said(error) } });
  } finally {
    database?.close();
  }
}

async function examinedCopy(path: string): Promise<DoctorCheck> {
  const endings = ["", "-wal", "-journal"];
  const sizes = await Promise.all(endings.map((ending) => sizeOf(path + ending)));
  const needed = sizes.reduce((sum, size) => sum + size, 0);
  const { freeBytes } = await diskSpace(tmpdir());
  if (freeBytes < 2 * needed) return finding("store", true, { code: "storeUnchecked" });
  const folder = await makeDoctorFolder();
  try {
    const copy = join(folder.path, basename(path));
    for (const [index, ending] of endings.entries()) {
      if ((sizes[index] ?? 0) > 0) await copyFile(path + ending, copy + ending);
    }
    // Opened for writing once, so that SQLite undoes what a crash left half done, as it would in the home.
    new DatabaseSync(copy, { timeout: busyTimeoutMs }).close();
    return examined(copy, needed);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return finding("store", false, { code: "storeDamaged", facts: { reason: said(error) } });
  } finally {
    folder.remove();
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
