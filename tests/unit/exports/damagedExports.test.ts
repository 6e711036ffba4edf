import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it, onTestFinished } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { fillStore } from "../../support/exports/fillStore.ts";
import { exportTo, importFrom } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/* What was changed on the disk does not keep its chat from being moved. */

const tables = ["chats", "messages", "documents", "documentTexts", "attachments", "folders"];
/** They say which rows belong together. */
const structure = ["id", "chatId", "parentId", "messageId", "sequence", "hiddenBy", "owner", "rowid"];
const nonsense = [null, "", "x", "[]", '{"id":7}', 7, -1, 20_001, 2 ** 31, 2n ** 62n, 1e300, new Uint8Array([255])];

const document = { format: "pdf", title: "T", unit: "page", sizeBytes: 9, sha256: "0".repeat(64) } as const;

it("a document that is damaged is damaged after the move too, and is not taken for what it was", async () => {
  const folder = await temporaryFolder();
  const home = join(folder, "one");
  const store = new ChatStore(home);
  const [chatId = ""] = fillStore(store);
  const parts = ["A numbat eats termites.", "A quoll does not."];
  const { id } = store.documents.addDocument({ chatId, name: "a.pdf", document: { ...document, parts } });
  store.documents.changeAttachment({ attachmentId: id, pages: [{ first: 1, last: 2 }] });
  store.close();
  const path = join(home, "store", "chats.db");
  expect(damaged(path, "UPDATE documentTexts SET text = ? WHERE part = 1", '"A quokka eats termites."')).toBe(true);

  const file = join(folder, "chats.jsonl");
  await exportTo(home, file);
  const other = new ChatStore(join(folder, "other"));
  onTestFinished(() => other.close());
  await importFrom(file, other);
  const attached = other.documents.draftAttachments({ chatId });
  expect(attached).toMatchObject([{ name: "a.pdf", pages: [{ first: 1, last: 2 }] }]);
  expect(() => other.documents.readAttachment({ attachmentId: attached[0]?.id ?? "" })).toThrow(
    expect.objectContaining({ code: "document-damaged" }),
  );
});

it("any one column that is damaged: all chats are exported and imported", { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  const store = new ChatStore(join(folder, "one"));
  const ids = fillStore(store);
  const chats = ids.length;
  const [chatId = ""] = ids;
  const parts = ["A numbat eats termites.", "A quoll does not.", "end"];
  const { id } = store.documents.addDocument({ chatId, name: "a.pdf", document: { ...document, parts } });
  store.documents.changeAttachment({ attachmentId: id, pages: [{ first: 2, last: 3 }] });
  store.beginTurn({ chatId, text: "And these?", model: { id: "nano", name: "R1 Nano" } });
  const { id: folderId } = store.createFolder({ name: "Kept" });
  store.moveChats({ chatIds: [chatId], folderId });
  store.close();
  const home = join(folder, "one");
  const path = join(home, "store", "chats.db");
  const whole = readFileSync(path);
  const other = new ChatStore(join(folder, "other"));
  onTestFinished(() => other.close());

  const lost: string[] = [];
  let tried = 0;
  for (const [table, column] of columnsOf(path)) {
    for (const value of nonsense) {
      writeFileSync(path, whole);
      if (!damaged(path, `UPDATE "${table}" SET "${column}" = ?`, value)) continue;
      tried++;
      const file = join(folder, "chats.jsonl");
      const exported = await exportTo(home, file);
      const { imported, skipped } = await importFrom(file, other, "copy");
      const counts = { exported: exported.chats, imported: imported.chats, skipped: skipped.length };
      if (exported.chats !== chats || imported.chats !== chats || skipped.length > 0)
        lost.push(`${table}.${column} = ${String(value)}: ${JSON.stringify(counts)}`);
    }
  }
  expect(lost).toEqual([]);
  expect(tried).toBeGreaterThan(100);
});

function columnsOf(path: string): [table: string, column: string][] {
  const database = new DatabaseSync(path);
  try {
    return tables.flatMap((table) => {
      const columns = database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[];
      if (columns.length === 0) throw new Error(`There is no table ${table}.`);
      const names = columns.map(({ name }) => name).filter((name) => !structure.includes(name));
      return names.map((name): [string, string] => [table, name]);
    });
  } finally {
    database.close();
  }
}

/** Returns false if the table itself refuses the value. */
function damaged(path: string, sql: string, value: (typeof nonsense)[number]): boolean {
  const database = new DatabaseSync(path);
  try {
    database.prepare(sql).run(value);
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}
