import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { plainSetAside } from "../../../electron/workbench/chatLock/plainSetAside.ts";
import {
  eraseEncrypted,
  finishSwitch,
  hasPlainChats,
  writeOtherStore,
} from "../../../electron/workbench/chatLock/switchStore.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { inShippedNode } from "../../support/inShippedNode.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const key = "0".repeat(64);
const plainText = "SQLite format 3\0 and the rest";
const encryptedText = "salt and encrypted pages";

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
  for (const folder of ["store", "backups"]) mkdirSync(join(home, folder));
});

const put = (path: string, text: string): void => writeFileSync(join(home, path), text);
const filesIn = (folder: string): string[] => readdirSync(join(home, folder)).toSorted();

describe("erasing chats that nobody can open", () => {
  const plainBackup = "2026-01-02T03-04-05.678Z-day.db";
  const encryptedBackup = "2026-01-03T03-04-05.678Z-day.db";
  const plainStore = ["chats.db", "chats.db-wal", "chats.db.converting", "chats.db.mended", "chats.db.mending"];

  beforeEach(() => {
    for (const name of plainStore) put(join("store", name), plainText);
    for (const name of plainStore) put(join("store", name.replace("chats", "chats-encrypted")), encryptedText);
    put(join("backups", plainBackup), plainText);
    put(join("backups", encryptedBackup), encryptedText);
  });

  it("leaves what is not encrypted, which an earlier version of the app may have written", () => {
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: false });
    expect(filesIn("store")).toEqual(plainStore);
    expect(filesIn("backups")).toEqual([plainBackup]);
  });

  it("erases that too if it is a rest of the same chats", () => {
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: true });
    expect(filesIn("store")).toEqual([]);
    expect(filesIn("backups")).toEqual([]);
  });
});

describe("rests of what was written of plain chats", () => {
  const id = "0a0a0a0a-0000-4000-8000-000000000000";
  const rests = {
    "an unfinished backup": ["backups", `2026-01-02T03-04-05.678Z-day.${id}.tmp`, plainText],
    "one of which the first page was not written yet": ["backups", `${id}.tmp`, `${"\0".repeat(4096)}okapi`],
    "the log of one whose database is gone": ["backups", `${id}.tmp-wal`, "okapi"],
    "what a model has read": ["state", `${"d".repeat(32)}.bin`, "okapi"],
    "a list of imported chats that was being written": [".", `last-import-chats.json.${id}.tmp`, "okapi"],
  } as const;

  it.each(Object.entries(rests))("%s is seen, and erased when the chats are encrypted", (_, [folder, name, text]) => {
    mkdirSync(join(home, folder), { recursive: true });
    expect(hasPlainChats(home)).toBe(false);
    put(join(folder, name), text);
    expect(hasPlainChats(home)).toBe(true);
    finishSwitch({ home, key, isEncrypting: true, alsoPlain: false });
    expect(filesIn(folder)).not.toContain(name);
    expect(hasPlainChats(home)).toBe(false);
  });

  it("is not what is encrypted, nor what the app has not written", () => {
    mkdirSync(join(home, "state"));
    put(join("backups", `${id}.tmp`), encryptedText);
    put(join("backups", `${id}.tmp-wal`), encryptedText);
    put(join("state", "notes.txt"), "not ours");
    expect(hasPlainChats(home)).toBe(false);
    finishSwitch({ home, key, isEncrypting: true, alsoPlain: false });
    expect(filesIn("state")).toEqual(["notes.txt"]);
  });
});

describe("the list of the chats that were imported last", () => {
  const list = '{"list":"one","imported":[]}';
  const lists = (): string[] => filesIn(".").filter((name) => name.startsWith("last-import"));
  const finish = (isEncrypting: boolean): void => finishSwitch({ home, key, isEncrypting, alsoPlain: false });

  it("is encrypted and decrypted with the chats, also if that was interrupted and is done again", () => {
    put("last-import-chats.json", list);
    expect(hasPlainChats(home)).toBe(true);
    finish(true);
    // The process was killed before the plain one was erased, and then before it was deleted.
    for (const left of [list, "\0".repeat(list.length)]) {
      put("last-import-chats.json", left);
      finish(true);
    }
    expect(lists()).toEqual(["last-import-chats-encrypted.json"]);
    expect(hasPlainChats(home)).toBe(false);
    finish(false);
    expect(lists()).toEqual(["last-import-chats.json"]);
    expect(readFileSync(join(home, "last-import-chats.json"), "utf8")).toBe(list);
  });

  it("is erased with chats that nobody can open", () => {
    put("last-import-chats.json", list);
    finish(true);
    put("last-import-chats.json", list);
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: false });
    expect(lists()).toEqual(["last-import-chats.json"]);
    eraseEncrypted({ home, key, isEncrypting: false, alsoPlain: true });
    expect(lists()).toEqual([]);
  });
});

it.skipIf(process.platform === "win32")(
  "a store that is a link is not encrypted, nor is what it leads to erased",
  () => {
    const target = join(home, "target.db");
    writeFileSync(target, plainText);
    symlinkSync(target, join(home, "store", "chats.db"));
    expect(() => writeOtherStore({ home, key, isEncrypting: true, alsoPlain: false })).toThrow(
      expect.objectContaining({
        code: "file-blocked",
        facts: expect.objectContaining({ case: "link" }) as unknown,
      }) as Error,
    );
    finishSwitch({ home, key, isEncrypting: true, alsoPlain: false });
    expect(filesIn("store")).toEqual([]);
    expect(readFileSync(target, "utf8")).toBe(plainText);
  },
);

describe("a backup", () => {
  const day = "2026-01-02T03-04-05.678Z-day.db";
  const switching = (isEncrypting: boolean) =>
    inShippedNode(
      (ours) => `
        import { finishSwitch } from ${ours("workbench/chatLock/switchStore.ts")};
        finishSwitch(${JSON.stringify({ home, key, isEncrypting, alsoPlain: false })});
      `,
    );

  it("that is damaged is set aside when the chats are encrypted, and stays when they are decrypted", async () => {
    const store = new ChatStore(home);
    addAnsweredChat(store, "okapi", 3);
    store.close();
    const whole = "2026-01-03T03-04-05.678Z-day.db";
    const bytes = readFileSync(join(home, "store", "chats.db"));
    writeFileSync(join(home, "backups", whole), bytes);
    // Of its pages, only the first and the last words are there.
    writeFileSync(join(home, "backups", day), Buffer.concat([bytes.subarray(0, 4096), Buffer.from("x okapi x")]));
    await switching(true);
    const [folder = ""] = filesIn("quarantine");
    expect(filesIn(join("quarantine", folder))).toEqual([day]);
    expect(filesWith(home, "okapi")).toEqual([join("quarantine", folder, day)]);
    expect(plainSetAside(home)).toBe(1);
    expect(filesIn("backups")).toHaveLength(1);

    put(join("backups", day), "encrypted once, and damaged since");
    await switching(false);
    expect(filesIn("backups")).toHaveLength(2);
    expect(readFileSync(join(home, "backups", day), "utf8")).toBe("encrypted once, and damaged since");
    expect(filesWith(join(home, "backups"), "okapi")).toHaveLength(1);
  });

  it("that cannot be converted does not keep the list of what was imported from being converted", async () => {
    const store = new ChatStore(home);
    addAnsweredChat(store, "okapi", 3);
    store.close();
    writeFileSync(join(home, "backups", day), readFileSync(join(home, "store", "chats.db")));
    // It cannot take the place of a folder.
    mkdirSync(join(home, "backups", day.replace("678", "679")));
    put("last-import-chats.json", '{"list":"one","imported":[]}');
    await expect(switching(true)).rejects.toThrow();
    expect(filesIn("backups")).toContain(day);
    expect(filesIn(".").filter((name) => name.startsWith("last-import"))).toEqual(["last-import-chats-encrypted.json"]);
  });
});
