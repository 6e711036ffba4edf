import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { beforeEach, expect, test } from "vitest";
import { backupId } from "../../../electron/workbench/backups/backupFiles.ts";
import { openCopy } from "../../../electron/workbench/backups/openCopy.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { schemaOf } from "../../../electron/workbench/chats/migrations.ts";
import { earlierStores, putEarlierStore, schemaIn } from "../../support/chats/earlierStores.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const notConverted = expect.objectContaining({ code: "store-failed", facts: { case: "notConverted" } }) as Error;
const ofSchema = (schema: number): string => earlierStores.find((name) => schemaIn(name) === schema) ?? "";

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});

/** Puts an intact store into the home in which a statement of the migration to schema 14 cannot succeed. */
function putUnconvertible(): string {
  const path = putEarlierStore(home, ofSchema(13));
  const raw = new DatabaseSync(path);
  raw.exec("ALTER TABLE documentTexts ADD COLUMN start INTEGER");
  raw.close();
  return path;
}

test("a mistake in a migration leaves an intact store where it is", () => {
  const path = putUnconvertible();
  const backup = `${backupId(new Date(), "asked")}.db`;
  mkdirSync(join(home, "backups"));
  writeFileSync(join(home, "backups", backup), readFileSync(path));
  for (let start = 0; start < 2; start++) {
    expect(() => new ChatStore(home, { examine: true })).toThrow(notConverted);
    const raw = new DatabaseSync(path);
    expect(schemaOf(raw)).toBe(13);
    expect(raw.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(raw.prepare("SELECT count(*) AS count FROM messages").get()?.["count"]).toBeGreaterThan(5);
    // As the app that has the mistake mended finds it.
    if (start === 1) raw.exec("ALTER TABLE documentTexts DROP COLUMN start");
    raw.close();
    expect(existsSync(join(home, "quarantine"))).toBe(false);
    expect(readdirSync(join(home, "backups"))).toEqual([backup]);
  }
  const store = new ChatStore(home);
  expect(store.notice).toBeNull();
  expect(foundChats(store, "needle")).toHaveLength(1);
  store.close();
});

test("a mistake in a migration does not make a backup a damaged one", () => {
  const bytes = readFileSync(putUnconvertible());
  const id = backupId(new Date(), "day");
  mkdirSync(join(home, "backups"));
  writeFileSync(join(home, "backups", `${id}.db`), bytes);
  const copy = join(home, "copy.db");
  expect(() => openCopy(home, id, copy, null).close()).toThrow(notConverted);
  expect(readdirSync(home)).not.toContain("copy.db");
});

test("an earlier store whose definition cannot be read is still mended", () => {
  putEarlierStore(home, ofSchema(13), (bytes) => {
    bytes.write("tokInize", bytes.indexOf("tokenize"));
    return bytes;
  });
  const store = new ChatStore(home);
  expect(store.notice?.code).toBe("store-corrupt");
  expect(foundChats(store, "needle")).toHaveLength(1);
  store.close();
});
