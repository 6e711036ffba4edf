import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { MendedFacts } from "../../../electron/contract/errors.ts";
import { BackupShelf } from "../../../electron/workbench/backups/BackupShelf.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { allMessages } from "../../support/chats/allMessages.ts";
import { earlierStores, putEarlierStore } from "../../support/chats/earlierStores.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { readText } from "../../support/documents/readText.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const pageBytes = 4096;
let home: string;
let opened: ChatStore[] = [];
beforeEach(async () => {
  home = await temporaryFolder();
  opened = [];
});
afterEach(() => {
  for (const store of opened) store.close();
});

const path = (): string => join(home, "store", "chats.db");
/** Opens the store as after a crash, so that every page is examined. */
function open(): ChatStore {
  const store = new ChatStore(home, { examine: true });
  opened.push(store);
  return store;
}
function close(store: ChatStore): void {
  store.close();
  opened = opened.filter((each) => each !== store);
}
const facts = (store: ChatStore): MendedFacts & { case: string } => store.notice?.facts as never;

/** Filled once, because each of its changes waits for the disk. */
let filled: { bytes: Buffer; texts: Map<string, string> };
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "r1-workbench-"));
  const store = new ChatStore(folder);
  const chats = Array.from({ length: 10 }, (_, chat) =>
    addAnsweredChat(store, `chat ${chat}`, 10, "words ".repeat(chat === 3 ? 4000 : 60)),
  );
  store.saveDraft({ chatId: null, draft: "typed\0 before" });
  store.saveDraft({ chatId: chats[0] ?? "", draft: "in the chat" });
  const texts = textsOf(store);
  store.close();
  filled = { bytes: readFileSync(join(folder, "store", "chats.db")), texts };
  rmSync(folder, { recursive: true });
}, 120_000);

/** Puts a store with 200 long and short messages in ten chats into the home. Returns what each message says. */
function fill(): Map<string, string> {
  mkdirSync(join(home, "store"));
  writeFileSync(path(), filled.bytes, { mode: 0o600 });
  return filled.texts;
}

function textsOf(store: ChatStore): Map<string, string> {
  const { chats } = store.listChats({ cursor: null });
  return new Map(chats.flatMap(({ id }) => allMessages(store, id).map((message) => [message.id, message.text])));
}

/** Every message that is there is one that was written, unchanged or marked as damaged; returns how many. */
function expectTrue(store: ChatStore, written: ReadonlyMap<string, string>, damagedAtMost = 0): number {
  const { chats } = store.listChats({ cursor: null });
  let count = 0;
  let damaged = 0;
  for (const { id } of chats) {
    for (const message of allMessages(store, id)) {
      if (message.problem === null) expect(message.text).toBe(written.get(message.id));
      else damaged++;
      count++;
    }
  }
  expect(damaged).toBeLessThanOrEqual(damagedAtMost);
  return count;
}

/** The original bytes are in quarantine. */
function expectQuarantined(bytes: Buffer): void {
  const shelves = readdirSync(join(home, "quarantine"));
  const kept = shelves.map((shelf) => join(home, "quarantine", shelf, "chats.db")).filter((file) => existsSync(file));
  expect(kept.some((file) => readFileSync(file).equals(bytes))).toBe(true);
}

function damage(change: (bytes: Buffer) => Buffer): Buffer {
  const damaged = change(readFileSync(path()));
  writeFileSync(path(), damaged);
  return damaged;
}

describe("a damaged store without a backup", () => {
  it("with a header of zeros is restored completely, with drafts, order and search", () => {
    const written = fill();
    const was = damage((bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));
    const store = open();
    expect(facts(store)).toMatchObject({ restored: 200, total: 200, lostAt: 0, backupAt: 0 });
    expect(expectTrue(store, written)).toBe(200);
    expect(store.newDraft().draft).toBe("typed\0 before");
    const { chats } = store.listChats({ cursor: null });
    expect(chats.map(({ title }) => title)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((chat) => `chat ${chat}`));
    expect(chats.map(({ id }) => store.readChat({ chatId: id }).draft)).toContain("in the chat");
    expect(foundChats(store, "chat 7 answer 9")).toContain(chats[2]?.id);
    expectQuarantined(was);
    addAnsweredChat(store, "written afterwards");
    close(store);
    expect(open().notice).toBeNull();
  });

  it("that lost a page says how many messages are lost, and keeps those around them in their chats", () => {
    const written = fill();
    const lost = middlePage();
    damage((bytes) => {
      bytes.fill(0, lost * pageBytes, (lost + 1) * pageBytes);
      return bytes;
    });
    const store = open();
    const { case: which, restored, total, lostAt } = facts(store);
    expect(which).toBe("mended");
    expect(total).toBe(200);
    expect(restored).toBeGreaterThan(180);
    expect(restored).toBeLessThan(200);
    expect(lostAt).toBeGreaterThan(Date.now() - 600_000);
    expect(expectTrue(store, written)).toBe(restored);
    const five = store.listChats({ cursor: null }).chats.find(({ title }) => title === "chat 5");
    const texts = allMessages(store, five?.id ?? "").map(({ text }) => text.slice(0, 18));
    expect(texts[0]).toContain("chat 5 question 1");
    expect(texts.at(-1)).toContain("chat 5 answer 10");
  });

  it.each([5, 50, 80, 95, 99])(
    "cut off by %i percent keeps what is left, and the rest is counted or not claimed",
    (percent) => {
      const written = fill();
      const was = damage((bytes) => bytes.subarray(0, Math.floor((bytes.length * (100 - percent)) / 100)));
      const store = open();
      const { restored, total, case: which } = facts(store);
      // The message that was cut through.
      expect(expectTrue(store, written, 1)).toBe(restored);
      expect(total).toBeLessThanOrEqual(200);
      if (restored < 200) expect(which).not.toBe("mendedAll");
      expectQuarantined(was);
    },
  );

  it("that is no database at all is replaced by an empty one, which says so", () => {
    mkdirSync(join(home, "store"));
    writeFileSync(path(), "no database ".repeat(2000));
    const store = open();
    expect(facts(store)).toMatchObject({ case: "nothing", restored: 0, total: 0 });
    expect(addAnsweredChat(store, "works")).toHaveLength(36);
  });

  it("uses what was committed to its log and is not in the file yet", () => {
    const store = open();
    addAnsweredChat(store, "in the log", 3);
    const log = readFileSync(`${path()}-wal`);
    const bytes = readFileSync(path());
    expect(log.length).toBeGreaterThan(10_000);
    close(store);
    writeFileSync(path(), Buffer.alloc(bytes.length, 1));
    writeFileSync(`${path()}-wal`, log);
    const again = open();
    expect(foundChats(again, "in the log answer 3")).toHaveLength(1);
  });
});

describe("a damaged store with backups", () => {
  it("has what the backup has and what was written since, but not what was deleted since", () => {
    const store = open();
    const kept = addAnsweredChat(store, "kept", 20);
    const deleted = addAnsweredChat(store, "deleted since", 5);
    new BackupShelf(home).make({ reason: "day" });
    addAnsweredChat(store, "new since", 5);
    store.purgeChats({ chatIds: [deleted] });
    const written = textsOf(store);
    close(store);
    // A page of the index of words: nothing of the chats themselves.
    const odd = pageOf("kept question 20");
    damage((bytes) => {
      bytes.fill(0xff, odd * pageBytes + 8, odd * pageBytes + 200);
      return bytes;
    });
    const again = open();
    expect(again.notice).toMatchObject({ code: "store-corrupt" });
    expect(expectTrue(again, written)).toBe(50);
    expect(
      again
        .listChats({ cursor: null })
        .chats.map(({ title }) => title)
        .toSorted(),
    ).toEqual(["kept", "new since"]);
    expect(allMessages(again, kept)).toHaveLength(40);
    expect(foundChats(again, "deleted since")).toEqual([]);
  });

  it("whose file is beyond reading comes from the newest backup that can be read", () => {
    const written = fill();
    const shelf = new BackupShelf(home);
    const good = shelf.make({ reason: "day" }) ?? "";
    const store = open();
    addAnsweredChat(store, "after the backup");
    close(store);
    const bad = shelf.make({ reason: "asked" }) ?? "";
    const badPath = join(home, "backups", `${bad}.db`);
    writeFileSync(badPath, readFileSync(badPath).fill(0, 0, 5000));
    damage((bytes) => bytes.fill(0x55));
    const again = open();
    expect(facts(again)).toMatchObject({
      case: "fromBackup",
      restored: 200,
      backupAt: Date.parse(`${good.slice(0, 13)}:${good.slice(14, 16)}:${good.slice(17, 24)}`),
    });
    expect(expectTrue(again, written)).toBe(200);
  });

  it("has the documents of the backup, also when a page of their text is lost", () => {
    const text = Array.from({ length: 4 }, (_, page) => `page ${page} ${"word ".repeat(1500)}marsupial ${page}`);
    const store = open();
    const chatId = addAnsweredChat(store, "with a document");
    const { id } = store.documents.addDocument({ chatId, name: "notes.pdf", document: readText(text) });
    new BackupShelf(home).make({ reason: "day" });
    const { id: since } = store.documents.addDocument({ chatId, name: "since.txt", document: readText("numbat") });
    close(store);
    for (const words of ["page 0 word", "marsupial 2"]) {
      const lost = Math.floor(readFileSync(path()).indexOf(words) / pageBytes);
      damage((bytes) => bytes.fill(0xee, lost * pageBytes, (lost + 1) * pageBytes));
      const again = open();
      expect(again.notice).toMatchObject({ code: "store-corrupt" });
      expect(again.documents.readAttachment({ attachmentId: id }).text).toBe(text.join("\n\n"));
      expect(again.documents.readAttachment({ attachmentId: since }).text).toBe("numbat");
      close(again);
    }
  });

  it("that is missing is restored, and a home without backups is new", () => {
    const written = fill();
    new BackupShelf(home).make({ reason: "day" });
    for (const ending of ["", "-wal", "-shm"]) rmSync(path() + ending, { force: true });
    const store = open();
    expect(facts(store)).toMatchObject({ case: "missing", restored: 200 });
    expect(expectTrue(store, written)).toBe(200);
  });
});

test("when mending was killed at any moment, the next start goes on", () => {
  const written = fill();
  const damaged = damage((bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));
  close(open());
  const whole = readFileSync(path());
  const start = (files: Record<string, Buffer>): void => {
    rmSync(join(home, "quarantine"), { recursive: true, force: true });
    for (const name of readdirSync(join(home, "store")))
      if (name.startsWith("chats.db")) rmSync(join(home, "store", name));
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(home, "store", name), bytes);
    const store = open();
    expect(expectTrue(store, written)).toBe(200);
    close(store);
    expect(readdirSync(join(home, "store")).toSorted()).toEqual(["chats.db", "owners"]);
  };
  // Half of the new one was written; it is complete; the damaged one is away; both halves of its log are.
  start({
    "chats.db": damaged,
    "chats.db.mending": whole.subarray(0, 9000),
    "chats.db.mending-wal": Buffer.alloc(50, 1),
  });
  start({ "chats.db": damaged, "chats.db-wal": Buffer.alloc(5000, 9), "chats.db.mended": whole });
  start({ "chats.db": damaged, "chats.db.mended": whole });
  start({ "chats.db.mended": whole });
});

/** Changes the first byte of these on a page of this kind: 13 is a table's, 10 an index's. */
function changeOn(kind: 10 | 13, text: string): void {
  damage((bytes) => {
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
      if (bytes[Math.floor(at / pageBytes) * pageBytes] !== kind) continue;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    }
    throw new Error(`no page has ${text}`);
  });
}

test("an entry of an index that was changed on the disk is found by a backup, and written again from its row", () => {
  const written = fill();
  changeOn(10, [...written.keys()][100] ?? "");
  expect(() => new BackupShelf(home).make({ reason: "day" })).toThrow(/missing from index|out of order/);
  const store = open();
  expect(store.notice).toBeNull();
  expect(expectTrue(store, written)).toBe(200);
  close(store);
  expect(new BackupShelf(home).make({ reason: "day" })).not.toBeNull();
});

test("a chat whose id was changed on the disk has its messages", () => {
  const written = fill();
  const before = open();
  const [first] = before.listChats({ cursor: null }).chats;
  close(before);
  changeOn(13, first?.id ?? "");
  const store = open();
  expect(store.notice?.code).toBe("store-corrupt");
  expect(expectTrue(store, written)).toBe(200);
});

test("a store whose definition cannot be read any more is mended", () => {
  const written = fill();
  damage((bytes) => {
    bytes.write("tokInize", bytes.indexOf("tokenize"));
    return bytes;
  });
  const store = open();
  expect(store.notice?.code).toBe("store-corrupt");
  expect(expectTrue(store, written)).toBe(200);
});

test("a row that is against the rules of its table does not keep a store from being mended", () => {
  const written = fill();
  const loosen = (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString("latin1").replaceAll(/(hash BLOB|draft TEXT) NOT NULL/g, "$1         "), "latin1");
  damage(loosen);
  const raw = new DatabaseSync(path());
  raw.exec("UPDATE messages SET hash = NULL WHERE sequence = 7; UPDATE chats SET draft = NULL WHERE sequence = 2");
  raw.close();
  damage((bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));
  const store = open();
  expect(store.notice?.code).toBe("store-corrupt");
  expect(expectTrue(store, written, 1)).toBe(200);
});

test("an earlier store with a row that a migration cannot change is mended", () => {
  putEarlierStore(home, earlierStores[0] ?? "");
  const raw = new DatabaseSync(path());
  raw.exec("PRAGMA ignore_check_constraints=ON; UPDATE chats SET titledBy = 'massage' WHERE titledBy = 'message'");
  raw.close();
  const store = open();
  expect(store.notice?.code).toBe("store-corrupt");
  expect([...textsOf(store).values()]).toContain("43");
});

test("a damaged store of each earlier schema is mended too", () => {
  for (const name of earlierStores) {
    rmSync(join(home, "store"), { recursive: true, force: true });
    putEarlierStore(home, name, (bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)]));
    const store = open();
    expect(store.notice?.code, name).toBe("store-corrupt");
    expect(foundChats(store, "forty-two"), name).toHaveLength(1);
    expect(foundChats(store, "needle"), name).toHaveLength(1);
    const texts = [...textsOf(store).values()];
    expect(texts, name).toContain("43");
    expect(texts, name).toContain("half an answer");
    close(store);
  }
});

test("while another process has the damaged store open, nothing is changed", () => {
  fill();
  const beside = new ChatStore(home);
  const bytes = damage((whole) => whole.fill(0x55, 0, 2000));
  rmSync(`${path()}-wal`, { force: true });
  expect(() => new ChatStore(home, { examine: true })).toThrow(
    expect.objectContaining({ code: "store-corrupt", facts: { case: "inUse" } }) as Error,
  );
  expect(readFileSync(path()).equals(bytes)).toBe(true);
  expect(existsSync(join(home, "quarantine"))).toBe(false);
  try {
    beside.close();
  } catch {
    // Its file is damaged.
  }
});

/** Returns a page in the middle of chat 5. */
function middlePage(): number {
  const outer = [pageOf(`"chat 5 question 1 `), pageOf(`"chat 5 answer 10 `)];
  const pages = [3, 4, 5, 6, 7, 8].map((turn) => pageOf(`"chat 5 answer ${turn} `));
  const page = pages.find((each) => !outer.includes(each));
  if (page === undefined) throw new Error("the chat is on two pages");
  return page;
}

/** Returns the number of the page, from 0, of the table that has this text. */
function pageOf(text: string): number {
  const bytes = readFileSync(path());
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    const page = Math.floor(at / pageBytes);
    if (bytes[page * pageBytes] === 13) return page;
  }
  throw new Error(`no page has ${text}`);
}

test("the caller is told before a damaged store is mended, and only then", () => {
  const told: string[] = [];
  const opening = (): void => {
    opened.push(
      new ChatStore(home, { examine: true, onMending: () => told.push(readdirSync(join(home, "store")).join()) }),
    );
  };
  fill();
  opening();
  expect(told).toEqual([]);
  opened.splice(0).forEach((store) => store.close());
  writeFileSync(path(), readFileSync(path()).fill(0, 0, 100));
  opening();
  expect(told).toHaveLength(1);
  expect(told[0]).not.toContain("mend");
  expect(opened[0]?.notice).toMatchObject({ facts: { case: "readable", restored: 200 } });
});
