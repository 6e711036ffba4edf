import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type DatabaseSyncInstance } from "@photostructure/sqlite";
import { beforeEach, describe, expect, it, test } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { migrate, newestSchema, schemaOf } from "../../../electron/workbench/chats/migrations.ts";
import { openDatabase } from "../../../electron/workbench/chats/openDatabase.ts";
import { doom } from "../../../electron/workbench/chats/ChatTable.ts";
import { allMessages } from "../../support/chats/allMessages.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { earlierStores, putEarlierStore, schemaIn } from "../../support/chats/earlierStores.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** By hand, `R1_EVERY_MOMENT=1` tries every moment and not some of them. */
const isThorough = process.env["R1_EVERY_MOMENT"] === "1";
const timeout = { timeout: isThorough ? 600_000 : 120_000 };

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});

const backups = (): string[] => (existsSync(join(home, "backups")) ? readdirSync(join(home, "backups")) : []);

test("there is a store of every schema", () => {
  expect([...new Set(earlierStores.map(schemaIn))]).toEqual(
    Array.from({ length: newestSchema }, (_, index) => index + 1),
  );
});

/** Everything that was written into the stores is read as it was, whichever schema it was written with. */
function expectWhole(store: ChatStore, schema: number): void {
  expect(store.notice).toBeNull();
  const { chats } = store.listChats({ cursor: null });
  expect(chats.map(({ title }) => title).toSorted()).toEqual([`${"long ".repeat(10)}long…`, "Ünïcode 标题 \0 end"]);
  const one = chats.find(({ title }) => title.startsWith("Ü"));
  const chatId = one?.id ?? "";
  const { chat } = store.openChat({ chatId, atEnd: true });
  expect(chat).toMatchObject({
    problem: null,
    draft: "not sent\0 yet",
    pasted: [],
    thinking: "off",
    systemPrompt: "Be brief.\0",
    modelId: schema < 4 ? "r1-nano" : null,
    pinned: false,
    promptFrom: null,
    searchesFolder: true,
    edit: null,
  });
  const said = (message: { text: string; thought: string | null; problem: unknown }) =>
    [message.text, message.thought, message.problem] as const;
  const shown = allMessages(store, chatId);
  expect(shown.map(said)).toEqual([
    ["What is 17 + 26?", null, null],
    ["43", "Again.", null],
  ]);
  expect(shown[1]?.stats).toMatchObject({ promptTokens: 12, tokensPerSecond: 21.25, speedSamples: [20, 22.5] });
  const [attached] = shown[0]?.attachments ?? [];
  expect(attached).toEqual(
    schema < 13
      ? undefined
      : expect.objectContaining({
          name: "Ünïcode\0 文档.pdf",
          parts: 3,
          pages: [1, 3].map((at) => ({ first: at, last: at })),
        }),
  );
  if (attached)
    expect(store.documents.readAttachment({ attachmentId: attached.id }).text).toBe("page\0 one\n\n你好 👩‍🚀");
  expect(store.documents.draftAttachments({ chatId: null }).map((each) => each.name)).toEqual(
    schema < 13 ? [] : ["next.txt"],
  );
  store.selectVersion({ messageId: shown[0]?.version.ids[0] ?? "" });
  const first = allMessages(store, chatId);
  expect(first.map(said)).toEqual([
    ["What is 17 + 25?\0 ﬁne İstanbul 你好 👩‍🚀", null, null],
    ["Forty-two", null, null],
  ]);
  expect(first[1]?.summary).toEqual(
    schema < 15
      ? undefined
      : {
          text: "They add.\0 17 + 25 是 42 👩‍🚀",
          model: { id: "r1-nano", name: "R1 Nano" },
          createdAt: 1_764_000_000_000,
        },
  );
  const other = store.readMessage({ messageId: first[1]?.version.ids[0] ?? "" });
  expect(said(other)).toEqual(["42\0 is it", "Let me add.", null]);
  const long = chats.find(({ id }) => id !== chatId);
  const [question, reply] = allMessages(store, long?.id ?? "");
  expect(question?.text).toBe(`${"long ".repeat(5000)}needle`);
  // The process that was writing it is gone.
  expect(reply).toMatchObject({
    text: "half an answer",
    thought: "half a thought",
    state: "interrupted",
    problem: null,
  });
  expect(store.readFolders().folders.map((folder) => folder.name)).toEqual(
    schema < 11 ? [] : ["Dossier n° 1\0 文件夹", "Empty"],
  );
  const [source] = store.documents.folderSources();
  expect(source?.path).toBe(schema < 16 ? undefined : "/Ünïcode\u0001 文档/dossier");
  expect(store.documents.folderFiles({ folderId: source?.folderId ?? "" })).toMatchObject(
    schema < 16
      ? []
      : [
          { place: "unter/a.md", problem: null, chars: 23 },
          { place: "scan.pdf", documentId: null, problem: "scanned" },
        ],
  );
  expect([one, long].map((each) => [each?.folderId === null, each?.archived])).toEqual(
    schema < 11
      ? [
          [true, false],
          [true, false],
        ]
      : [
          [false, false],
          [true, true],
        ],
  );
  expect(store.newDraft().draft).toBe(schema === 1 ? "" : "for the next chat");
  for (const words of ["fine istanbul", "你好", "forty", "43", "needle"])
    expect(foundChats(store, words), words).toHaveLength(1);
  expect(foundChats(store, "canary")).toEqual([]);
}

/** The file is as a new one would be. */
function expectNewest(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const fresh = new DatabaseSync(":memory:");
  migrate(fresh);
  const shape = (each: DatabaseSyncInstance) =>
    each.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();
  const columns = (each: DatabaseSyncInstance, table: string) =>
    each.prepare(`SELECT name, type, "notnull", dflt_value FROM pragma_table_info('${table}')`).all();
  expect(shape(database).map(({ type, name }) => ({ type, name }))).toEqual(
    shape(fresh).map(({ type, name }) => ({ type, name })),
  );
  const tables = ["chats", "messages", "newChat", "folders", "documents", "documentTexts", "attachments"];
  for (const table of [...tables, "folderSources", "folderDocuments"])
    expect(columns(database, table)).toEqual(columns(fresh, table));
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(schemaOf(database)).toBe(newestSchema);
  database.close();
  fresh.close();
}

describe.each(earlierStores)("the store %s", (name) => {
  const schema = schemaIn(name);

  it("is read completely, and was backed up before it was migrated", () => {
    const path = putEarlierStore(home, name);
    const was = readFileSync(path);
    const store = new ChatStore(home);
    expectWhole(store, schema);
    store.close();
    expectNewest(path);
    if (schema === newestSchema) return expect(backups()).toEqual([]);
    const [backup = "", ...others] = backups();
    expect(others).toEqual([]);
    expect(backup).toMatch(/-migration\.db$/);
    const copy = join(home, "backups", backup);
    expect(statSync(copy).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
    const rows = (bytesAt: string) => {
      const database = new DatabaseSync(bytesAt, { readOnly: true });
      try {
        // What is being erased is erased from the copy.
        const kept = `(SELECT id FROM chats WHERE hiddenBy IS NOT '${doom}')`;
        const all = (table: string, where: string) =>
          database.prepare(`SELECT * FROM ${table} WHERE ${where} ORDER BY rowid`).all();
        return [
          schemaOf(database),
          all("chats", `id IN ${kept}`),
          all("messages", `chatId IN ${kept}`),
          all("pieces", `messageId IN (SELECT id FROM messages WHERE chatId IN ${kept})`),
        ];
      } finally {
        database.close();
      }
    };
    const original = join(mkdtempSync(join(tmpdir(), "r1-workbench-")), "chats.db");
    writeFileSync(original, was);
    expect(rows(copy)).toEqual(rows(original));
  });

  it.skipIf(schema === newestSchema)(
    "is read completely after its migration was killed at any statement",
    timeout,
    () => {
      const path = putEarlierStore(home, name);
      const moments: string[] = [];
      const database = openDatabase(path) as DatabaseSyncInstance;
      // SQLite asks before each part of a statement. What the files hold then is what a killed process leaves.
      let asked = 0;
      const every = isThorough ? 1 : schema < 6 ? 70 : schema < 8 ? 35 : 20;
      database.setAuthorizer(() => {
        if (asked++ % every === 0) {
          const copy = mkdtempSync(join(home, "moment-"));
          mkdirSync(join(copy, "store"));
          for (const ending of ["", "-wal"]) {
            if (existsSync(path + ending)) copyFileSync(path + ending, join(copy, "store", `chats.db${ending}`));
          }
          moments.push(copy);
        }
        return 0;
      });
      migrate(database);
      database.close();
      expect(moments.length).toBeGreaterThan(1);
      for (const moment of moments) {
        const raw = new DatabaseSync(join(moment, "store", "chats.db"));
        const reached = schemaOf(raw);
        const columns = raw.prepare("SELECT count(*) AS count FROM pragma_table_info('chats')").get()?.["count"];
        raw.close();
        // Either the old schema or a later one, never between two.
        expect(columns).toBe(columnsOf(reached));
        const store = new ChatStore(moment);
        expectWhole(store, schema);
        store.close();
        expectNewest(join(moment, "store", "chats.db"));
        rmSync(moment, { recursive: true });
      }
    },
  );
});

/** Before schema 11, chats were erased at once. */
const withErasing = earlierStores.filter((name) => schemaIn(name) >= 11 && schemaIn(name) < newestSchema);

test.each(withErasing)(
  "the store %s is migrated while chats are being erased, which its backup does not have",
  (name) => {
    const path = putEarlierStore(home, name);
    const raw = new DatabaseSync(path);
    const [doomed] = raw
      .prepare("SELECT id FROM chats WHERE titledBy <> 'nobody' AND id IN (SELECT chatId FROM messages)")
      .all();
    raw.prepare("UPDATE chats SET hiddenBy = ? WHERE id = ?").run(doom, String(doomed?.["id"]));
    raw.close();
    const store = new ChatStore(home);
    expect(store.notice).toBeNull();
    catchUpAll(store);
    expect(store.chatIds()).not.toContain(doomed?.["id"]);
    store.close();
    const backup = new DatabaseSync(join(home, "backups", backups()[0] ?? ""), { readOnly: true });
    const ids = backup.prepare("SELECT id FROM chats UNION SELECT chatId FROM messages").all();
    expect(ids).not.toContainEqual({ id: doomed?.["id"] });
    expect(schemaOf(backup)).toBe(schemaIn(name));
    backup.close();
  },
);

/** How many columns the table of chats has with this schema. */
function columnsOf(schema: number): number {
  return (
    12 +
    Number(schema >= 4) +
    Number(schema >= 6) +
    Number(schema >= 7) +
    3 * Number(schema >= 8) +
    Number(schema >= 9) +
    2 * Number(schema >= 11) +
    Number(schema >= 16)
  );
}

test("a store of a newer schema is refused; it is not changed, and nothing is written beside it", () => {
  const path = putEarlierStore(home, earlierStores.at(-1) ?? "");
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${newestSchema + 1}`);
  database.close();
  const was = readFileSync(path);
  expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "store-newer" }) as unknown as Error);
  expect(readFileSync(path).equals(was)).toBe(true);
  expect(readdirSync(home)).toEqual(["store"]);
  // What SQLite needs to read it, and nothing in it.
  const beside = readdirSync(join(home, "store")).filter((each) => each !== "chats.db-shm" && each !== "chats.db-wal");
  expect(beside).toEqual(["chats.db", "owners"]);
});

test("a store that cannot be backed up is not migrated", () => {
  const path = putEarlierStore(home, earlierStores[0] ?? "");
  writeFileSync(join(home, "backups"), "a file in the way");
  expect(() => new ChatStore(home)).toThrow();
  const database = new DatabaseSync(path);
  expect(schemaOf(database)).toBe(1);
  database.close();
});
