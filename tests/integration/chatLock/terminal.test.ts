import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readLockFile, writeLockFile } from "../../../electron/workbench/chatLock/LockFile.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { openLock } from "../../support/chatLock/openLock.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { type Ran, runR1 } from "../../support/cli/runR1.ts";
import { TerminalSession } from "../../support/cli/TerminalSession.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const passphrase = "four words of müde";
/** Several processes start in each, one of which derives a key. A busy machine has taken 80 s for one. */
const timeout = 300_000;

/** A home whose chats are encrypted, copied for each test: encrypting takes longer than anything else here. */
let encrypted: Map<string, Buffer>;
let plain: Buffer;
beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), "r1-locked-"));
  const store = new ChatStore(home);
  addAnsweredChat(store, "okapi");
  store.close();
  const chats = join(home, "store", "chats.db");
  plain = readFileSync(chats);
  await openLock(home).turnOn(passphrase, false);
  const names = ["chat-lock.json", "store/chats-encrypted.db"];
  encrypted = new Map(names.map((name) => [name, readFileSync(join(home, name))]));
  rmSync(home, { recursive: true });
}, timeout);

async function lockedHome(): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(join(home, "store"), { recursive: true, mode: 0o700 });
  for (const [name, bytes] of encrypted) writeFileSync(join(home, name), bytes, { mode: 0o600 });
  return home;
}

const failureOf = ({ stdout, status }: Ran): unknown => ({
  status,
  ...(JSON.parse(stdout) as { error: { code: string; facts?: object } }).error,
});

describe("on a home whose chats are encrypted", () => {
  it("r1 lists, exports and imports chats with the passphrase in a file or on stdin", { timeout }, async () => {
    const home = await lockedHome();
    const outside = await temporaryFolder();
    const file = join(outside, "passphrase");
    writeFileSync(file, `${passphrase.normalize("NFD")}\r\nsecond line\n`);
    const listed = await runR1(["chats", "--json", "--passphrase-file", file], { home });
    expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ title: "okapi", messages: 2 })]);
    const found = await runR1(["chats", "question", "--passphrase-file", "-"], { home, input: passphrase });
    expect(found.stdout).toContain("okapi");

    const chats = join(outside, "chats.jsonl");
    const written = await runR1(["export", "--all", chats, "--passphrase-file", file], { home });
    expect(written).toMatchObject({ status: 0 });
    expect(readFileSync(chats, "utf8")).toContain("okapi");
    const imported = await runR1(["import", chats, "--apply", "--copies", "--passphrase-file", file], { home });
    expect(imported).toMatchObject({ status: 0 });
    const both = await runR1(["chats", "--json", "--passphrase-file", file], { home });
    expect(JSON.parse(both.stdout)).toHaveLength(2);
    expect(filesWith(home, "okapi")).toEqual([]);
  });

  it.skipIf(process.platform === "win32")(
    "r1 asks for it on a terminal, and does not show it",
    { timeout },
    async () => {
      const home = await lockedHome();
      const session = new TerminalSession(["chats"], home);
      await session.shows("Passphrase");
      session.type(`${passphrase}x\x7f\r`);
      await session.shows("okapi");
      expect(await session.end()).toBe(0);
      expect(session.screen).not.toContain("four");

      const refused = new TerminalSession(["chats"], home);
      await refused.shows("Passphrase");
      refused.type("another one\r");
      await refused.shows("That is not the passphrase.");
      expect(await refused.end()).toBe(1);

      const cancelled = new TerminalSession(["chats"], home);
      await cancelled.shows("Passphrase");
      cancelled.type("\x03");
      expect(await cancelled.end()).toBe(130);
    },
  );

  it("r1 says what is missing: a passphrase, the right one, or one at all", { timeout }, async () => {
    const home = await lockedHome();
    const notAsked = { status: 1, code: "chats-locked", facts: { case: "notAsked" } };
    for (const args of [["chats"], ["export", "--all", "x.json"], ["import", "x.json"]]) {
      expect(failureOf(await runR1([...args, "--json"], { home }))).toMatchObject(notAsked);
    }
    const wrong = await runR1(["chats", "--json", "--passphrase-file", "-"], { home, input: "another one" });
    expect(failureOf(wrong)).toMatchObject({ status: 1, code: "chat-lock-refused", facts: { case: "passphrase" } });
    const none = await runR1(["chats", "--json", "--passphrase-file", join(home, "none")], { home });
    expect(failureOf(none)).toMatchObject({ status: 2, code: "usage", facts: { case: "fileMissing" } });

    const record = readLockFile(home);
    if (record?.passphrase === undefined || record.passphrase === null) throw new Error("There is no passphrase.");
    const { scrypt: _, ...keychain } = record.passphrase;
    await writeLockFile(home, { ...record, passphrase: null, keychain });
    const onlyKeychain = await runR1(["chats", "--json"], { home });
    expect(failureOf(onlyKeychain)).toMatchObject({ code: "chats-locked", facts: { case: "keychainOnly" } });
  });

  it("r1 leaves what was interrupted to the app, and reads what can be read already", { timeout }, async () => {
    const home = await lockedHome();
    const record = readLockFile(home);
    if (record === null) throw new Error("There is no lock.");
    writeFileSync(join(home, "store", "chats.db"), plain);
    const list = () => runR1(["chats", "--json", "--passphrase-file", "-"], { home, input: passphrase });
    await writeLockFile(home, { ...record, stage: "encrypting" });
    expect(failureOf(await list())).toMatchObject({
      status: 1,
      code: "chat-lock-refused",
      facts: { case: "interrupted" },
    });
    expect(readFileSync(join(home, "store", "chats.db"))).toEqual(plain);
    await writeLockFile(home, { ...record, stage: "decrypted" });
    expect(JSON.parse((await list()).stdout)).toEqual([expect.objectContaining({ title: "okapi" })]);
    expect(readLockFile(home)?.stage).toBe("decrypted");
  });

  it("nothing begins an empty store if the key's file is gone", { timeout }, async () => {
    const home = await lockedHome();
    const lockFile = join(home, "chat-lock.json");
    copyFileSync(lockFile, join(home, "..", "kept.json"));
    rmSync(lockFile);
    const missing = { status: 1, code: "chat-lock-unreadable", facts: { case: "missing" } };
    expect(failureOf(await runR1(["chats", "--json"], { home }))).toMatchObject(missing);
    expect(() => readFileSync(join(home, "store", "chats.db"))).toThrow(/ENOENT/);
    copyFileSync(join(home, "..", "kept.json"), lockFile);
    const again = await runR1(["chats", "--passphrase-file", "-"], { home, input: passphrase });
    expect(again.stdout).toContain("okapi");
  });
});

it("r1 doctor says how the chats are encrypted, and examines what it can without the key", { timeout }, async () => {
  const home = await lockedHome();
  const store = async (): Promise<unknown> => {
    const { stdout } = await runR1(["doctor", "--json"], { home });
    return (JSON.parse(stdout) as { name: string }[]).find(({ name }) => name === "store");
  };
  expect(await store()).toMatchObject({ ok: true, what: expect.stringContaining("encrypted") });
  writeFileSync(join(home, "store", "chats.db"), plain);
  expect(await store()).toMatchObject({ ok: false, what: expect.stringContaining("copies from before") });
  rmSync(join(home, "store", "chats.db"));
  const record = readLockFile(home);
  if (record === null) throw new Error("There is no lock.");
  await writeLockFile(home, { ...record, stage: "decrypted" });
  expect(await store()).toMatchObject({ ok: false, next: expect.stringContaining("start it") });
  writeFileSync(join(home, "chat-lock.json"), "{}");
  expect(await store()).toMatchObject({ ok: false, what: expect.stringContaining("damaged") });
  rmSync(join(home, "chat-lock.json"));
  expect(await store()).toMatchObject({ ok: false, what: expect.stringContaining("missing") });
});
