// A process that encrypts and decrypts the chats of a home in turns, and replaces the passphrase, until it is killed:
// switchingProgram.ts HOME SEED PASSPHRASES…, of which one opens the chats. With the seed "end", it leaves them encrypted
// and ends. Run it with the shipped Node, which reads TypeScript and has what encrypted chats need. It begins as the app
// does, and prints a line of JSON with all rows that it finds, then one before and one after each thing that it does.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { BackupClient } from "../../../electron/workbench/backups/BackupClient.ts";
import { listBackupFiles } from "../../../electron/workbench/backups/backupFiles.ts";
import { storeFile } from "../../../electron/workbench/chats/storeFile.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { openSqlite } from "../../../electron/workbench/sqlite/openSqlite.ts";
import type { StoreKey } from "../../../electron/workbench/sqlite/StoreKey.ts";
import { seededRandom } from "../seededRandom.ts";
import { openLock } from "./openLock.ts";
import type { SwitchLine } from "./SwitchLine.ts";

const [home = "", seed = "", ...passphrases] = process.argv.slice(2);
const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));

const lock = openLock(home, async () => void (await Promise.all([store.stop(), backups.stop()])));
const encryption = () => lock.encryption();
const store = new StoreClient({ home, workerPath: paths.storeWorker, encryption });
const backups = new BackupClient({ home, workerPath: paths.backupWorker, encryption });

/** Resolves once the line has left this process. */
const say = (line: SwitchLine): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));

/** Returns a hash of every row of every table of a database that nobody has open. */
function rowsOf(path: string, key: StoreKey | null): string {
  const database = openSqlite(path, { key });
  try {
    const hash = createHash("sha256");
    const tables =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    for (const { name } of database.prepare(tables).all()) {
      for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all()) {
        for (const value of Object.values(row)) hash.update(value instanceof Uint8Array ? value : String(value));
      }
    }
    return hash.digest("hex");
  } finally {
    database.close();
  }
}

/** Opens the chats as the app does, with whichever passphrase is the present one. Resolves with it. */
async function open(): Promise<string> {
  await lock.resume();
  if (lock.state.state === "off") return passphrases[0] ?? "";
  for (const passphrase of passphrases) {
    try {
      await lock.unlock(passphrase);
      return passphrase;
    } catch (error) {
      if (!String(error).includes("passphrase")) throw error;
    }
  }
  throw new Error("No passphrase opens the chats.");
}

let passphrase = await open();
// A store that opens has been checked, and mended if that was necessary.
store.noticed.on((problem) => void say({ notice: problem.code }));
await store.request("chatIds", {});
await Promise.all([store.stop(), backups.stop()]);
const key = lock.encryption()?.key ?? null;
await say({
  opened: key === null ? "off" : "on",
  rows: rowsOf(storeFile(home, key), key),
  backups: listBackupFiles(home).map(({ path }) => rowsOf(path, key)),
});

const random = seededRandom(Number(seed));
while (seed !== "end" || lock.state.state === "off") {
  const isOff = lock.state.state === "off";
  const deed = isOff ? "turnOn" : random() < 0.7 ? "turnOff" : "setPassphrase";
  const next = `passphrase ${Math.floor(random() * 1e9)}`;
  const after = deed === "setPassphrase" ? next : passphrase;
  await say({ begun: deed, passphrases: [passphrase, after] });
  if (deed === "turnOn") await lock.turnOn(passphrase, false);
  else if (deed === "turnOff") await lock.turnOff(passphrase);
  else await lock.setPassphrase(passphrase, next);
  passphrase = after;
  await say({ done: deed, passphrases: [passphrase] });
}
