import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { AskedErasure } from "../../../electron/contract/disk.ts";
import { useHome } from "../../../electron/workbench/home/homeUse.ts";
import type { Clock } from "../../../electron/workbench/idleTimer.ts";
import type { WorkbenchOptions } from "../../../electron/workbench/WorkbenchOptions.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { exportTo } from "../../support/exports/moveChats.ts";
import { keepingSecrets } from "../../support/keepingSecrets.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/* The lock as the app uses it. */
const passphrase = "four words of müde";
const timeout = 300_000;

const openApp = (home?: string, options: Partial<WorkbenchOptions> = {}): Promise<TestWorkbench> =>
  openTestWorkbench(home, undefined, { isApp: true, ...options });

async function addChat({ workbench }: Pick<TestWorkbench, "workbench">, title: string): Promise<string> {
  const { id } = await workbench.call("chats.create", {});
  await workbench.call("chats.rename", { chatId: id, title });
  return id;
}

/** An app whose chat and its backup have just been encrypted. */
async function openEncrypted(options?: Partial<WorkbenchOptions>): Promise<TestWorkbench> {
  const app = await openApp(undefined, options);
  await addChat(app, "okapi");
  await app.workbench.call("backups.make", {});
  await app.workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  return app;
}

const titles = async ({ workbench }: Pick<TestWorkbench, "workbench">): Promise<string[]> =>
  (await workbench.call("chats.list", {})).chats.map(({ title }) => title);

it("a home is encrypted, locked, opened after a restart and decrypted, with the same chats", { timeout }, async () => {
  const app = await openApp();
  const { workbench, home } = app;
  await addChat(app, "okapi in the garden");
  await workbench.call("backups.make", {});
  mkdirSync(join(home, "state"), { recursive: true });
  writeFileSync(join(home, "state", `${"0".repeat(32)}.bin`), "okapi tokens");
  expect(await workbench.call("chatLock.state", {})).toEqual({ state: "off", hasKeychain: false });

  const on = await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  expect(on).toEqual({ state: "open", opensWith: { passphrase: true, keychain: false }, hasKeychain: false });
  expect(filesWith(home, "okapi")).toEqual([]);
  expect(readdirSync(join(home, "state"))).toEqual([]);
  expect(await titles(app)).toEqual(["okapi in the garden"]);
  await addChat(app, "second okapi");

  expect(await workbench.call("chatLock.lock", {})).toMatchObject({ state: "locked" });
  await expect(titles(app)).rejects.toMatchObject({ code: "chats-locked" });
  await expect(workbench.call("backups.list", {})).rejects.toMatchObject({ code: "chats-locked" });
  expect(filesWith(home, "okapi")).toEqual([]);
  await workbench.close();

  const again = await openApp(home);
  again.workbench.warmUp();
  expect(await again.workbench.call("chatLock.state", {})).toMatchObject({ state: "locked" });
  await expect(again.workbench.call("chatLock.unlock", { passphrase: "wrong words" })).rejects.toMatchObject({
    code: "chat-lock-refused",
    facts: { case: "passphrase" },
  });
  await again.workbench.call("chatLock.unlock", { passphrase });
  expect(await titles(again)).toEqual(["second okapi", "okapi in the garden"]);
  expect(await again.workbench.call("notices.list", {})).toEqual([]);
  const { backups } = await again.workbench.call("backups.list", {});
  expect(backups.map(({ contents }) => contents?.chats)).toEqual([1]);

  expect(await again.workbench.call("chatLock.turnOff", { passphrase })).toMatchObject({ state: "off" });
  expect(await titles(again)).toEqual(["second okapi", "okapi in the garden"]);
  expect(existsSync(join(home, "chat-lock.json"))).toBe(false);
  expect(
    again.events.flatMap(({ name, data }) => (name === "chatLock.changed" ? [(data as { state: string }).state] : [])),
  ).toEqual(["open", "decrypting", "off"]);
});

it("what undoes an import is encrypted with the chats, and undoes it once they are unlocked", { timeout }, async () => {
  const source = await openApp();
  const chatId = await addChat(source, "okapi");
  await source.workbench.close();
  const file = join(source.home, "chats.jsonl");
  await exportTo(source.home, file);

  const { workbench, home } = await openApp();
  const ready = await workbench.readImport(file);
  if (ready.state !== "ready") throw new Error(ready.state);
  await workbench.call("imports.confirm", { previewId: ready.preview.id, here: "skip" });
  expect(await workbench.importSettled()).toMatchObject({ state: "done" });
  expect(filesWith(home, chatId)).toContain("last-import-chats.json");
  await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  expect(filesWith(home, chatId)).toEqual([]);
  await workbench.close();

  // An earlier version of the app has imported it beside the encrypted chats.
  const plain = join(home, "last-import-chats.json");
  const { list } = JSON.parse(readFileSync(join(home, "last-import.json"), "utf8")) as { list: string };
  writeFileSync(plain, JSON.stringify({ list, imported: [{ id: chatId, digest: "unknown" }] }));
  const again = await openApp(home);
  await again.workbench.call("chatLock.unlock", { passphrase });
  expect(filesWith(home, chatId)).toEqual([]);
  const state = await again.workbench.call("imports.state", {});
  if (state.state !== "done") throw new Error(state.state);
  await again.workbench.call("imports.undo", { importId: state.result.id });
  // Its digest says that the chat was changed since.
  expect(await again.workbench.importSettled()).toMatchObject({ state: "undone", removed: 0, kept: 1 });
});

it("a keychain opens the chats at the start, can be added to a passphrase, and replace it", { timeout }, async () => {
  const kept = new Map<string, string>();
  const secrets = keepingSecrets(kept);
  const first = await openApp(undefined, { secrets });
  const { home } = first;
  await addChat(first, "okapi");
  await expect(first.workbench.call("chatLock.turnOn", { passphrase: null, keychain: false })).rejects.toMatchObject({
    facts: { case: "lastKey" },
  });
  await first.workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  await first.workbench.call("chatLock.setKeychain", { isOn: true });
  await expect(
    first.workbench.call("chatLock.setPassphrase", { before: "wrong words", after: null }),
  ).rejects.toMatchObject({ facts: { case: "passphrase" } });
  await first.workbench.call("chatLock.setPassphrase", { before: passphrase, after: null });
  await expect(first.workbench.call("chatLock.setKeychain", { isOn: false })).rejects.toMatchObject({
    facts: { case: "lastKey" },
  });
  await first.workbench.close();

  const second = await openApp(home, { secrets });
  expect(await second.workbench.call("chatLock.state", {})).toEqual({
    state: "open",
    opensWith: { passphrase: false, keychain: true },
    hasKeychain: true,
  });
  expect(await titles(second)).toEqual(["okapi"]);
  await second.workbench.call("chatLock.lock", {});
  await second.workbench.call("chatLock.unlock", { passphrase: null });
  await second.workbench.close();

  const before = [...kept];
  kept.clear();
  const third = await openApp(home, { secrets });
  await expect(third.workbench.call("chatLock.unlock", { passphrase: null })).rejects.toMatchObject({
    facts: { case: "keychain" },
  });
  for (const [name, value] of before) kept.set(name, value);
  await third.workbench.call("chatLock.unlock", { passphrase: null });
  await third.workbench.call("chatLock.turnOff", { passphrase: null });
  expect(await titles(third)).toEqual(["okapi"]);
  expect(kept.size).toBe(0);
});

it("chats that nobody can unlock are erased only after a question", { timeout }, async () => {
  const asked: AskedErasure[] = [];
  let agrees = false;
  const confirmErase = (what: AskedErasure): Promise<boolean> => {
    asked.push(what);
    return Promise.resolve(agrees);
  };
  const first = await openEncrypted({ confirmErase });
  await first.workbench.call("chatLock.lock", {});
  expect(await first.workbench.call("chatLock.erase", {})).toBeNull();
  expect(existsSync(join(first.home, "chat-lock.json"))).toBe(true);
  agrees = true;
  expect(await first.workbench.call("chatLock.erase", {})).toMatchObject({ state: "off" });
  expect(asked).toEqual([{ kind: "lockedChats" }, { kind: "lockedChats" }]);
  expect(await titles(first)).toEqual([]);
  expect((await first.workbench.call("backups.list", {})).backups).toEqual([]);
  expect(readdirSync(join(first.home, "store"))).not.toContain("chats-encrypted.db");
});

it("chats are locked after minutes without use", { timeout }, async () => {
  let now = 0;
  let due: { at: number; callback: () => void } | null = null;
  const clock: Clock = {
    now: () => now,
    after(ms, callback) {
      const own = { at: now + ms, callback };
      due = own;
      return () => {
        if (due === own) due = null;
      };
    },
  };
  let onLocked: () => void = () => undefined;
  const locked = new Promise<void>((resolve) => (onLocked = resolve));
  const { workbench } = await openTestWorkbench(
    undefined,
    ({ name, data }) => {
      if (name === "chatLock.changed" && (data as { state: string }).state === "locked") onLocked();
    },
    { isApp: true, clock },
  );
  await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  const atFirst = due as { at: number; callback: () => void } | null;
  expect(atFirst?.at).toBe(15 * 60_000);
  now = 10 * 60_000;
  workbench.used();
  const afterUse = due as { at: number; callback: () => void } | null;
  expect(afterUse?.at).toBe(25 * 60_000);
  await workbench.call("settings.change", { lockAfterMinutes: null });
  expect(due).toBeNull();
  await workbench.call("settings.change", { lockAfterMinutes: 5 });
  const afterChange = due as { at: number; callback: () => void } | null;
  expect(afterChange?.at).toBe(15 * 60_000);
  now = 15 * 60_000;
  const { id: chatId } = await workbench.call("chats.create", {});
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  const ended = new Promise<void>((resolve) => {
    workbench.attachRun(runId, (frame) => frame.kind === "ended" && resolve());
  });
  afterChange?.callback();
  const onceIdle = due as { at: number; callback: () => void } | null;
  expect(onceIdle?.at).toBe(16 * 60_000);
  await ended;
  onceIdle?.callback();
  await locked;
  expect(await workbench.call("chatLock.state", {})).toMatchObject({ state: "locked" });
});

it("a reply that is being written is kept when the chats are locked, and keeps them from being encrypted", {
  timeout,
}, async () => {
  const app = await openApp(join(await temporaryFolder(), "home"));
  const { workbench } = app;
  const { id: chatId } = await workbench.call("chats.create", {});
  const send = () => workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  const writing = await send();
  await expect(workbench.call("chatLock.turnOn", { passphrase, keychain: false })).rejects.toMatchObject({
    facts: { case: "replying" },
  });
  await new Promise<void>((resolve) => {
    workbench.attachRun(writing.runId, (frame) => frame.kind === "ended" && resolve());
  });
  await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  const second = await send();
  await workbench.call("chatLock.lock", {});
  await workbench.call("chatLock.unlock", { passphrase });
  const { messages } = await workbench.call("chats.open", { chatId });
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
  expect(messages.at(-1)?.id).toBe(second.runId);
  expect(["stopped", "done"]).toContain(messages.at(-1)?.state);
  expect(filesWith(app.home, "17 + 25")).toEqual([]);
});

/** The last state that the windows were told. */
const toldState = ({ events }: TestWorkbench): unknown =>
  events.findLast(({ name }) => name === "chatLock.changed")?.data;

/** Changes what the home says about the lock, as a process that was killed would leave it. */
function leave(home: string, change: object): void {
  const path = join(home, "chat-lock.json");
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...change }));
}

it("an encrypting that was interrupted is undone at the start, and the user is told", { timeout }, async () => {
  const first = await openApp();
  await addChat(first, "okapi");
  await first.workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  await first.workbench.close();
  // Before the turning point, the plain store is the one: here, one without chats.
  leave(first.home, { stage: "encrypting" });
  const second = await openApp(first.home);
  expect(await second.workbench.call("chatLock.state", {})).toEqual({ state: "off", hasKeychain: false });
  expect(toldState(second)).toEqual({ state: "off", hasKeychain: false });
  expect(existsSync(join(first.home, "store", "chats-encrypted.db"))).toBe(false);
  const notices = await second.workbench.call("notices.list", {});
  expect(notices.map(({ problem }) => problem.code)).toContain("encrypting-undone");
  await addChat(second, "after");
  expect(await titles(second)).toEqual(["after"]);
});

it("while another program uses the home, nothing is erased or completed, and the windows know the state", {
  timeout,
}, async () => {
  const confirmErase = (): Promise<boolean> => Promise.resolve(true);
  const first = await openApp();
  await addChat(first, "okapi");
  await first.workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  await first.workbench.close();
  leave(first.home, { isErasing: true });
  const { workbench, ...second } = await openApp(first.home, { confirmErase });
  const use = useHome(first.home);
  try {
    await expect(workbench.call("chatLock.erase", {})).rejects.toMatchObject({ facts: { case: "inUse" } });
    expect(await workbench.call("chatLock.state", {})).toMatchObject({ state: "locked" });
    // What could not be completed keeps nobody from the chats.
    expect(await workbench.call("chatLock.unlock", { passphrase })).toMatchObject({ state: "open" });
    expect(await titles({ workbench })).toEqual(["okapi"]);
    const notices = await workbench.call("notices.list", {});
    expect(notices.map(({ problem }) => problem)).toMatchObject([
      { code: "chat-lock-unfinished", facts: { case: "encrypting" } },
    ]);
  } finally {
    use?.release();
  }
  await workbench.call("chatLock.lock", {});
  await workbench.call("chatLock.unlock", { passphrase });
  expect(await workbench.call("notices.list", {})).toEqual([]);
  expect(readFileSync(join(first.home, "chat-lock.json"), "utf8")).not.toContain("isErasing");
  expect(
    second.events.map(({ name, data }) => (name === "chatLock.changed" ? (data as { state: string }).state : "")),
  ).not.toContain("encrypting");
  expect(await workbench.call("chatLock.turnOff", { passphrase })).toMatchObject({ state: "off" });
});

it("chats whose backups could not all be decrypted can be read, and the rest is decrypted later", {
  timeout,
}, async () => {
  const first = await openEncrypted();
  await first.workbench.call("chatLock.turnOff", { passphrase });
  await first.workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  // The plain store, as it was when the process was killed.
  const encrypted = readFileSync(join(first.home, "chat-lock.json"), "utf8");
  await first.workbench.call("chatLock.turnOff", { passphrase });
  await first.workbench.close();
  writeFileSync(join(first.home, "chat-lock.json"), encrypted);
  leave(first.home, { stage: "decrypted" });
  const second = await openApp(first.home);
  expect(await second.workbench.call("chatLock.state", {})).toMatchObject({ state: "decrypted" });
  expect(await titles(second)).toEqual(["okapi"]);
  const notices = await second.workbench.call("notices.list", {});
  expect(notices.map(({ problem }) => problem)).toMatchObject([
    { code: "chat-lock-unfinished", facts: { case: "decrypting" } },
  ]);
  await expect(second.workbench.call("chatLock.lock", {})).rejects.toMatchObject({ facts: { case: "off" } });
  expect(await titles(second)).toEqual(["okapi"]);
  expect(await second.workbench.call("chatLock.turnOff", { passphrase })).toMatchObject({ state: "off" });
  expect(await titles(second)).toEqual(["okapi"]);
});

it("encrypted backups whose passphrase is lost are erased after a question, and the chats stay", {
  timeout,
}, async () => {
  const first = await openEncrypted();
  const folder = join(first.home, "backups");
  const encrypted = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const record = readFileSync(join(first.home, "chat-lock.json"), "utf8");
  await first.workbench.call("chatLock.turnOff", { passphrase });
  await first.workbench.call("backups.make", {});
  const made = readdirSync(folder).filter((name) => encrypted.every((each) => each.name !== name));
  await first.workbench.close();
  // As if decrypting them had failed.
  for (const { name, bytes } of encrypted) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(first.home, "chat-lock.json"), record);
  leave(first.home, { stage: "decrypted" });

  const asked: AskedErasure[] = [];
  const confirmErase = (what: AskedErasure): Promise<boolean> => {
    asked.push(what);
    return Promise.resolve(true);
  };
  const { workbench, ...second } = await openApp(first.home, { confirmErase });
  expect(await workbench.call("chatLock.erase", {})).toMatchObject({ state: "off" });
  expect(asked).toEqual([{ kind: "lockedBackups" }]);
  expect(await titles({ workbench, ...second })).toEqual(["okapi"]);
  expect(readdirSync(folder)).toEqual(made);
  expect(await workbench.call("notices.list", {})).toEqual([]);
});

it("chats can be locked although what keeps their key is damaged", { timeout }, async () => {
  const { workbench, home } = await openApp();
  await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
  const path = join(home, "chat-lock.json");
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, "{");
  await workbench.lockChats();
  writeFileSync(path, whole);
  expect(await workbench.call("chatLock.state", {})).toMatchObject({ state: "locked" });
});
