import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mostChatFolders } from "../../../electron/contract/chatFolders.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { foundChats } from "../../support/chats/foundChats.ts";
import { chat } from "../../support/imports/hostileImports.ts";

const model = { id: "nano", name: "R1 Nano" };
let home: string;
let store: ChatStore;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "folders-"));
  store = new ChatStore(home);
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

function newChat(title: string): string {
  const { id } = store.createChat({ thinking: "on", modelId: null });
  store.renameChat({ chatId: id, title });
  return id;
}
const titles = (part: { folderId?: string | null; archived?: boolean }): string[] =>
  store
    .listChats({ cursor: null, ...part })
    .chats.map(({ title }) => title)
    .toSorted();
const again = (): void => {
  store.close();
  store = new ChatStore(home);
};

describe("folders", () => {
  it("hold the chats that are moved into them, each in one folder or in none, also at the next start", () => {
    const [one, two] = [newChat("one"), newChat("two")];
    newChat("three");
    const work = store.createFolder({ name: "Work" }).id;
    const home2 = store.createFolder({ name: "Home" }).id;
    store.moveChats({ chatIds: [one, two], folderId: work });
    store.moveChats({ chatIds: [two], folderId: home2 });
    again();
    expect(store.readFolders()).toMatchObject({ folders: [{ name: "Work" }, { name: "Home" }], archived: 0 });
    expect(titles({ folderId: work, archived: false })).toEqual(["one"]);
    expect(titles({ folderId: home2, archived: false })).toEqual(["two"]);
    expect(titles({ folderId: null, archived: false })).toEqual(["three"]);
    expect(titles({})).toEqual(["one", "three", "two"]);
    store.moveChats({ chatIds: [one], folderId: null });
    expect(titles({ folderId: null })).toEqual(["one", "three"]);
  });

  it("moves all chats or none", () => {
    const one = newChat("one");
    const work = store.createFolder({ name: "Work" }).id;
    expect(() => store.moveChats({ chatIds: [one, "gone"], folderId: work })).toThrow(
      expect.objectContaining({ code: "chat-not-found" }),
    );
    expect(() => store.moveChats({ chatIds: [one], folderId: "gone" })).toThrow(
      expect.objectContaining({ code: "chat-folder-not-found" }),
    );
    expect(titles({ folderId: null })).toEqual(["one"]);
  });

  it("keep their chats when they are deleted, and get them back, but none that was moved meanwhile", () => {
    const [one, two, three] = [newChat("one"), newChat("two"), newChat("three")];
    const work = store.createFolder({ name: "Work" }).id;
    const other = store.createFolder({ name: "Other" }).id;
    store.moveChats({ chatIds: [one, two, three], folderId: work });
    store.archiveChats({ chatIds: [one], archived: true });
    const deleted = store.deleteFolder({ folderId: work });
    expect(titles({ folderId: null, archived: false })).toEqual(["three", "two"]);
    store.moveChats({ chatIds: [two], folderId: other });
    store.purgeChats({ chatIds: [three] });
    store.restoreFolder({ deleted });
    store.restoreFolder({ deleted });
    expect(store.readFolders().folders.map(({ name }) => name)).toEqual(["Other", "Work"]);
    expect(titles({ folderId: work, archived: true })).toEqual(["one"]);
    expect(titles({ folderId: work, archived: false })).toEqual([]);
    expect(titles({ folderId: other })).toEqual(["two"]);
  });

  it("have different names, and there is a most", () => {
    const { id } = store.createFolder({ name: "Straße" });
    const exists = expect.objectContaining({ code: "chat-folder-exists" }) as unknown as Error;
    expect(() => store.createFolder({ name: " STRASSE " })).toThrow(exists);
    const other = store.createFolder({ name: "Other" });
    expect(() => store.renameFolder({ folderId: other.id, name: "strasse" })).toThrow(exists);
    store.renameFolder({ folderId: id, name: "STRASSE" });
    expect(() => store.renameFolder({ folderId: "gone", name: "x" })).toThrow(
      expect.objectContaining({ code: "chat-folder-not-found" }),
    );
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec(
      `WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < ${mostChatFolders})
       INSERT INTO folders (id, name, createdAt) SELECT 'folder ' || i, '"Folder ' || i || '"', 0 FROM n`,
    );
    raw.close();
    expect(() => store.createFolder({ name: "one more" })).toThrow(
      expect.objectContaining({ code: "chat-folders-full" }),
    );
  });

  it("of an import are counted if they are new, and if there is no room for them, that is counted too", () => {
    store.createFolder({ name: "Work" });
    const given = ["work ", "Home", "HOME", "Garden"].map((name, index) => ({ id: `given ${index}`, name }));
    expect(store.countNewFolders({ folders: given })).toEqual({ folders: 2, foldersLeftOut: 0 });
    for (let count = 1; count < mostChatFolders - 1; count++) store.createFolder({ name: `Folder ${count}` });
    expect(store.countNewFolders({ folders: given })).toEqual({ folders: 1, foldersLeftOut: 1 });
    const inGarden = { ...chat, folder: { id: "given 3", name: "Garden" }, archived: false };
    const lines = [...given.map((folder) => ({ type: "folder", ...folder })), inGarden];
    store.stageChats({ lines: lines.map((line) => JSON.stringify(line)) });
    store.showStaged({ chats: null });
    expect(store.madeFolders()).toEqual({ folders: ["given 1"], foldersLeftOut: 1 });
    expect(titles({ folderId: null })).toEqual([chat.title]);
    store.stageChats({ lines: [JSON.stringify({ ...chat, id: "other", archived: false })] });
    store.showStaged({ chats: null });
    expect(store.madeFolders()).toEqual({ folders: [], foldersLeftOut: 0 });
  });

  it("list pinned chats first, and a copy of a branch stays in its chat's folder", () => {
    const chats = Array.from({ length: 230 }, (_, at) => newChat(`chat ${at}`));
    const { id } = store.createFolder({ name: "Work" });
    store.moveChats({ chatIds: chats, folderId: id });
    store.pinChats({ chatIds: [chats[3] ?? ""], pinned: true });
    const read: string[] = [];
    for (let cursor: string | null = null, page = 0; page === 0 || cursor !== null; page++) {
      const got = store.listChats({ cursor, folderId: id, archived: false });
      read.push(...got.chats.map((chat) => chat.id));
      cursor = got.next;
    }
    expect(read[0]).toBe(chats[3]);
    expect(new Set(read)).toEqual(new Set(chats));
    expect(read).toHaveLength(230);
    const { reply } = store.beginTurn({ chatId: chats[0] ?? "", text: "hello", model });
    const end = { text: "hi", thought: null, state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, ...end });
    expect(store.branchChat({ messageId: reply.id, title: "copy" })).toMatchObject({ folderId: id, archived: false });
  });

  it("lists a chat whose folder's id was changed on the disk", () => {
    const one = newChat("one");
    const { id } = store.createFolder({ name: "Work" });
    store.moveChats({ chatIds: [one], folderId: id });
    store.close();
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec("PRAGMA foreign_keys = OFF; UPDATE chats SET folderId = 'zork'; UPDATE folders SET name = 'no JSON'");
    raw.close();
    store = new ChatStore(home);
    expect(titles({ folderId: null, archived: false })).toEqual(["one"]);
    expect(store.readFolders().folders).toMatchObject([{ id, name: "" }]);
  });
});

describe("the archive", () => {
  it("has its chats to itself, wherever they are, and search finds them and says so", () => {
    const [one, two] = [newChat("alpha one"), newChat("alpha two")];
    const { id } = store.createFolder({ name: "Work" });
    store.moveChats({ chatIds: [two], folderId: id });
    const { reply } = store.beginTurn({ chatId: one, text: "zebra", model });
    const end = { text: "zebra", thought: null, state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, ...end });
    store.archiveChats({ chatIds: [one, two], archived: true });
    again();
    expect(store.readFolders().archived).toBe(2);
    expect(titles({ folderId: null, archived: false })).toEqual([]);
    expect(titles({ folderId: id, archived: false })).toEqual([]);
    expect(titles({ archived: true })).toEqual(["alpha one", "alpha two"]);
    expect(foundChats(store, "alpha")).toHaveLength(2);
    for (const query of ["alpha", "zebra"]) {
      const { hits } = store.searchChats({ query, cursor: null });
      expect(hits.map(({ chat }) => chat.archived)).not.toContain(false);
      expect(hits.length).toBeGreaterThan(0);
    }
    store.archiveChats({ chatIds: [two], archived: false });
    expect(titles({ folderId: id, archived: false })).toEqual(["alpha two"]);
  });

  it("gives a chat back when something is written in it, and keeps it if another answer is", () => {
    const one = newChat("one");
    const { reply } = store.beginTurn({ chatId: one, text: "hello", model });
    const end = { text: "hi", thought: null, state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, ...end });
    store.archiveChats({ chatIds: [one], archived: true });
    expect(store.beginTurn({ chatId: one, text: "and", model }).chat.archived).toBe(false);
  });

  it("counts no deleted chats, and a damaged mark hides no chat from both lists", () => {
    const [one, two] = [newChat("one"), newChat("two")];
    store.archiveChats({ chatIds: [one, two], archived: true });
    store.hideChats({ chatIds: [one] });
    expect(store.readFolders().archived).toBe(1);
    store.close();
    const raw = new DatabaseSync(join(home, "store", "chats.db"));
    raw.exec("UPDATE chats SET archived = 9007199254740995 WHERE hiddenBy IS NULL");
    raw.close();
    store = new ChatStore(home);
    expect([...titles({ archived: true }), ...titles({ archived: false })]).toEqual(["two"]);
    expect(store.listChats({ cursor: null, archived: true }).chats).toHaveLength(1);
  });
});
