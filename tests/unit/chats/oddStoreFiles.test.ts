import { execFileSync, spawnSync } from "node:child_process";
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let home: string;
let foreign: string;
beforeEach(async () => {
  home = await temporaryFolder();
  foreign = join(await temporaryFolder(), "foreign.db");
  await writeFile(foreign, "foreign");
});

const inTheWay: Record<string, (path: string) => Promise<unknown> | void> = {
  "a named pipe": (path) => void execFileSync("mkfifo", [path]),
  "a folder": (path) => mkdir(path),
  "a link to another file": (path) => symlink(foreign, path),
  "a link to nothing": (path) => symlink(join(home, "nowhere"), path),
  "a link to an endless device": (path) => symlink("/dev/zero", path),
};
const kinds = process.platform === "win32" ? [] : Object.keys(inTheWay);

test.each(kinds)("%s in place of the store is an error with a code, and is not changed", async (kind) => {
  await mkdir(join(home, "store"));
  const path = join(home, "store", "chats.db");
  await inTheWay[kind]?.(path);
  const blocked = expect.objectContaining({ code: "file-blocked", message: expect.stringContaining(path) as string });
  expect(() => new ChatStore(home)).toThrow(blocked as unknown as Error);
  expect(await readFile(foreign, "utf8")).toBe("foreign");
  expect(await readdir(join(home, "store"))).toEqual(["chats.db", "owners"]);
  expect(await readdir(home)).toEqual(["store"]);
});

const beside = kinds.flatMap((kind) => ["-wal", "-shm", "-journal"].map((ending) => [kind, ending] as const));

test.each(beside)("%s as the store's %s does not make anything hang either", async (kind, ending) => {
  new ChatStore(home).close();
  const path = join(home, "store", `chats.db${ending}`);
  expect(await lstat(path).catch(() => null)).toBeNull();
  await inTheWay[kind]?.(path);
  expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "file-blocked" }) as unknown as Error);
  expect(await readFile(foreign, "utf8")).toBe("foreign");
});

/** Leaves the state after a crash in the middle of a change: the journal holds the page's previous content. */
async function leaveJournal(path: string): Promise<void> {
  const source = `
    const { DatabaseSync } = require("@photostructure/sqlite");
    const database = new DatabaseSync(process.argv[1]);
    database.exec("PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN; UPDATE chats SET title = 'half'");
    database.exec("CREATE TABLE filler AS SELECT zeroblob(500000)");
    process.kill(process.pid, "SIGKILL");`;
  spawnSync(process.execPath, ["-e", source, path]);
  expect((await lstat(`${path}-journal`)).size).toBeGreaterThan(512);
}

test("a partial write next to a rollback journal is rolled back after a crash", async () => {
  const first = new ChatStore(home);
  const { id } = first.createChat({ thinking: "on", modelId: null });
  first.renameChat({ chatId: id, title: "whole" });
  first.close();
  await leaveJournal(join(home, "store", "chats.db"));
  const store = new ChatStore(home);
  expect(store.notice).toBeNull();
  expect(store.listChats({ cursor: null }).chats.map(({ title }) => title)).toEqual(["whole"]);
  store.close();
});

test("a damaged store is set aside with its rollback journal", async () => {
  await mkdir(join(home, "store"));
  await writeFile(join(home, "store", "chats.db"), "no database ".repeat(500));
  await writeFile(join(home, "store", "chats.db-journal"), "no journal ".repeat(500));
  const store = new ChatStore(home);
  const { notice } = store;
  store.close();
  expect(notice?.code).toBe("store-corrupt");
  const [shelf = ""] = await readdir(join(home, "quarantine"));
  expect(await readdir(join(home, "quarantine", shelf))).toContain("chats.db");
  expect(await readdir(join(home, "store"))).toEqual(["chats.db", "owners"]);
});

test.skipIf(process.platform === "win32")("a folder behind a link keeps its permissions", async () => {
  const elsewhere = await temporaryFolder();
  await chmod(elsewhere, 0o755);
  await symlink(elsewhere, join(home, "store"));
  new ChatStore(home).close();
  expect((await stat(elsewhere)).mode & 0o777).toBe(0o755);
});

test.skipIf(process.platform === "win32")(
  "a loop of links in place of the store's folder is the same error",
  async () => {
    await symlink("store", join(home, "store"));
    expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "file-blocked" }) as unknown as Error);
  },
);

test("a file in place of the store's folder is the same error", async () => {
  await writeFile(join(home, "store"), "");
  expect(() => new ChatStore(home)).toThrow(expect.objectContaining({ code: "file-blocked" }) as unknown as Error);
});

test.each([...kinds, "no database", "a file that may not be read"])(
  "%s among the owners blocks no chat and does not count as a running process",
  async (kind) => {
    const first = new ChatStore(home);
    const { id } = first.createChat({ thinking: "on", modelId: null });
    first.beginTurn({ chatId: id, text: "kept", model: null });
    // After a crash during a reply: the owner's lock is released; its file remains and is replaced by something odd.
    const owners = join(home, "store", "owners");
    const [name = ""] = await readdir(owners);
    first.close();
    const path = join(owners, name);
    if (kind === "no database") await writeFile(path, "no database ".repeat(500));
    else if (kind === "a file that may not be read") {
      await writeFile(path, "");
      await chmod(path, 0);
    } else await inTheWay[kind]?.(path);
    for (let start = 0; start < 2; start++) {
      const store = new ChatStore(home);
      const { messages } = store.openChat({ chatId: id });
      expect(messages.map(({ text, state }) => [text, state])).toEqual([
        ["kept", "done"],
        ["", "interrupted"],
      ]);
      store.close();
    }
    expect(await readFile(foreign, "utf8")).toBe("foreign");
  },
);
