import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { ImportJournal } from "../../../electron/workbench/imports/ImportJournal.ts";
import { convertList } from "../../../electron/workbench/imports/importedList.ts";
import { openImports } from "../../../electron/workbench/imports/openImports.ts";
import { openPresets } from "../../../electron/workbench/presets/openPresets.ts";
import type { StoreKey } from "../../../electron/workbench/sqlite/StoreKey.ts";
import { chat, message } from "../../support/imports/hostileImports.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const disk = vi.hoisted(() => ({ mostChars: Infinity }));
vi.mock("../../../electron/workbench/home/writeFileAtomic.ts", async (original) => {
  const real = await original<typeof import("../../../electron/workbench/home/writeFileAtomic.ts")>();
  return {
    writeFileAtomic: (path: string, text: string) =>
      text.length > disk.mostChars
        ? Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }))
        : real.writeFileAtomic(path, text),
  };
});

/** More than are undone at once. */
const many = 450;

let home: string;
let store: ChatStore;
let asked: string[];
/** What the windows were told. */
let told: unknown[];
/** Whether the disk is full for what would undo an import. */
let isFull: boolean;
/** The key of the chats, or "locked"; null if they are not encrypted. */
let key: StoreKey | null;

beforeEach(async () => {
  home = await temporaryFolder();
  store = new ChatStore(home);
  asked = [];
  told = [];
  isFull = false;
  key = null;
  disk.mostChars = Infinity;
});
afterEach(() => store.close());

function keyOrThrow(): StoreKey | null {
  if (key === "locked") throw new WorkbenchError("chats-locked");
  return key;
}
const journalHere = (): ImportJournal => new ImportJournal(home, keyOrThrow);

/** Opens the imports on the store, whose requests are answered in their order, as the store's worker does. */
async function open({ isApp = true } = {}) {
  const imports = await openImports({
    home,
    importWorker: join(home, "never-started.mjs"),
    store: {
      request: (async (name: "undoImported", params: never) => {
        const count = asked.push(name);
        await Promise.resolve();
        if (key === "locked") throw new WorkbenchError("chats-locked");
        if (isFull && name === "undoImported" && count > 1) throw new WorkbenchError("disk-full");
        return store[name](params);
      }) as never,
    },
    onChats: (change) => void told.push(change),
    presets: openPresets({
      home,
      notices: { add: () => undefined },
      onEvent: () => undefined,
      isShown: () => Promise.resolve(true),
    }).api,
    forgetRead: () => Promise.resolve(),
    encryption: () => {
      const found = keyOrThrow();
      return found === null ? null : { key: found, host: { nodePath: "", entry: "" } };
    },
    isLocked: key === "locked",
    isApp,
    onEvent: () => undefined,
  });
  return imports;
}

/** Imports chats, and keeps what the app would. */
async function imported(isUndoing: boolean): Promise<void> {
  const folder = { id: "folder", name: "From the file" };
  const numbered = (index: number) => ({
    ...chat,
    id: `chat-${index}`,
    title: `Chat ${index}`,
    archived: false,
    folder,
  });
  store.stageChats({ lines: Array.from({ length: many }, (_, index) => JSON.stringify(numbered(index))) });
  const chats = store.showStaged({ chats: null }).shown;
  const made = store.madeFolders();
  const count = { chats: many, messages: 0, skipped: 0 };
  const journal = journalHere();
  await journal.write({ ...count, ...made, presets: [], isUndoing }, chats);
  // What a start knows is only on the disk.
  store.close();
  store = new ChatStore(home);
}
const shown = (): number =>
  store.shownChats({ ids: Array.from({ length: many }, (_, index) => `chat-${index}`) }).length;

it("an import can be undone after a restart, with its folders, except for chats that were changed since", async () => {
  await imported(false);
  store.renameChat({ chatId: "chat-7", title: "Mine" });
  const { handlers, api } = await open();
  const state = await handlers["imports.state"]({});
  if (state.state !== "done") throw new Error(state.state);
  expect(state.result).toMatchObject({ chats: many });
  await handlers["imports.undo"]({ importId: state.result.id });
  expect(await api.settled()).toEqual({ state: "undone", removed: many - 1, kept: 1, presets: 0 });
  expect(shown()).toBe(1);
  expect(store.readFolders().folders).toHaveLength(1);
  expect(await (await open()).handlers["imports.state"]({})).toEqual({ state: "none" });
});

it("the name of its file, which older versions kept, does not stay on the disk", async () => {
  await imported(false);
  const path = join(home, "last-import.json");
  const kept = JSON.parse(readFileSync(path, "utf8")) as object;
  expect(kept).not.toHaveProperty("fileName");
  writeFileSync(path, JSON.stringify({ ...kept, fileName: "divorce.jsonl" }));
  const { handlers } = await open();
  expect(readFileSync(path, "utf8")).not.toContain("divorce");
  expect(await handlers["imports.state"]({})).toMatchObject({ state: "done", result: { chats: many } });
});

it("a chat whose summary was edited or removed since was changed", () => {
  const summary = { text: "one", model: { id: "r1", name: "R1" }, createdAt: 5 };
  const withSummary = (id: string) => ({ ...message, id, summary });
  const lines = ["a", "b", "c"].flatMap((id) => [{ ...chat, id, leafId: `${id}1` }, withSummary(`${id}1`)]);
  store.stageChats({ lines: lines.map((line) => JSON.stringify(line)) });
  const chats = store.showStaged({ chats: null }).shown;
  store.saveSummary({ messageId: "a1", summary: { ...summary, text: "mine", edited: true } });
  store.saveSummary({ messageId: "b1", summary: null });
  expect(store.undoImported({ chats, folders: [] })).toEqual(["c"]);
});

const presets = [{ id: "p", name: "From the file", text: "Do it." }];
const empty = { chats: 0, messages: 0, skipped: 0, foldersLeftOut: 0 };

it("folders and presets that came without chats are removed too", async () => {
  writeFileSync(join(home, "presets.json"), JSON.stringify({ presets }));
  const { id } = store.createFolder({ name: "From the file" });
  await journalHere().write({ ...empty, folders: [id], presets, isUndoing: false }, []);
  const { handlers, api } = await open();
  const state = await handlers["imports.state"]({});
  if (state.state !== "done") throw new Error(state.state);
  expect(state.result).toMatchObject({ chats: 0, folders: 1, presets: 1 });
  await handlers["imports.undo"]({ importId: state.result.id });
  expect(await api.settled()).toEqual({ state: "undone", removed: 0, kept: 0, presets: 1 });
  expect(store.readFolders().folders).toEqual([]);
  expect(JSON.parse(readFileSync(join(home, "presets.json"), "utf8"))).toEqual({ presets: [] });
});

it.each([false, true])(
  "the list of its chats is not read before it is undone; without it, nothing is removed and that is said (being undone: %s)",
  async (isUndoing) => {
    await imported(isUndoing);
    const list = join(home, "last-import-chats.json");
    rmSync(list);
    // A directory cannot be read as a file.
    mkdirSync(list);
    const { handlers, api } = await open();
    const state = await handlers["imports.state"]({});
    expect(readFileSync(join(home, "last-import.json")).length).toBeLessThan(1000);
    if (state.state === "done") await handlers["imports.undo"]({ importId: state.result.id });
    expect(await api.settled()).toEqual({
      state: "failed",
      problem: { code: "import-not-undone" },
    });
    expect({ shown: shown(), folders: store.readFolders().folders.length }).toEqual({ shown: many, folders: 1 });
    expect(existsSync(join(home, "last-import.json"))).toBe(true);
    await handlers["imports.close"]({});
    expect(existsSync(join(home, "last-import.json"))).toBe(false);
  },
);

it("a list that belongs to another import is not used", async () => {
  await imported(false);
  const old = readFileSync(join(home, "last-import.json"));
  await journalHere().write({ ...empty, folders: [], presets: [], isUndoing: false }, []);
  writeFileSync(join(home, "last-import.json"), old);
  const journal = journalHere();
  await journal.read();
  expect(await journal.readChats()).toBeNull();
});

it("undoing an import whose list does not fit on the disk never removes the chats of the one before", async () => {
  await imported(false);
  const journal = journalHere();
  await journal.read();
  const other = { ...empty, skipped: 9, chats: many, folders: [], presets: [], isUndoing: false };
  const list = Array.from({ length: many }, (_, index) => ({ id: `other-${index}`, digest: "" }));
  disk.mostChars = 1000;
  await journal.write(other, list);
  await journal.update({ ...other, isUndoing: true });
  expect(await journal.readChats()).toEqual(list);
  // The app is killed.
  disk.mostChars = Infinity;
  const { api } = await open();
  await api.settled();
  expect(shown()).toBe(many);
});

it("an import that `r1` has kept beside the app is neither undone nor forgotten for another one", async () => {
  await imported(false);
  const { handlers, api } = await open();
  const beside = journalHere();
  const other = { ...empty, skipped: 9, folders: [], presets: [], isUndoing: false };
  await beside.write(other, []);
  const state = await handlers["imports.state"]({});
  if (state.state !== "done") throw new Error(state.state);
  await handlers["imports.undo"]({ importId: state.result.id });
  expect(await api.settled()).toMatchObject({ state: "failed", problem: { code: "import-not-undone" } });
  await handlers["imports.close"]({});
  expect(shown()).toBe(many);
  expect(await (await open()).handlers["imports.state"]({})).toMatchObject({ result: { skipped: 9 } });
});

it.each([false, true])(
  "an import that an older version kept in one file can be undone (being undone: %s)",
  async (isUndoing) => {
    await imported(isUndoing);
    const path = join(home, "last-import.json");
    const list = join(home, "last-import-chats.json");
    const { presets: _, list: __, ...last } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    const chats = (JSON.parse(readFileSync(list, "utf8")) as { imported: unknown }).imported;
    rmSync(list);
    writeFileSync(path, JSON.stringify({ ...last, imported: chats }));
    const { handlers, api } = await open();
    const state = await handlers["imports.state"]({});
    if (state.state === "done") await handlers["imports.undo"]({ importId: state.result.id });
    expect(await api.settled()).toMatchObject({ state: "undone", removed: many, kept: 0 });
  },
);

it("an import that an older version kept in one file stays there while its list does not fit on the disk", async () => {
  await imported(false);
  const path = join(home, "last-import.json");
  const list = join(home, "last-import-chats.json");
  const { list: _, ...last } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const chats = (JSON.parse(readFileSync(list, "utf8")) as { imported: unknown }).imported;
  rmSync(list);
  writeFileSync(path, JSON.stringify({ ...last, imported: chats }));
  disk.mostChars = 1000;
  isFull = true;
  const { handlers, api } = await open();
  const state = await handlers["imports.state"]({});
  if (state.state !== "done") throw new Error(state.state);
  await handlers["imports.undo"]({ importId: state.result.id });
  expect(await api.settled()).toMatchObject({ state: "failed", problem: { code: "disk-full" } });
  expect(shown()).toBe(many - 200);
  isFull = false;
  const again = await open();
  const offered = await again.handlers["imports.state"]({});
  if (offered.state !== "done") throw new Error(offered.state);
  await again.handlers["imports.undo"]({ importId: offered.result.id });
  expect(await again.api.settled()).toMatchObject({ state: "undone", removed: many - 200 });
  expect({ shown: shown(), isKept: existsSync(path) }).toEqual({ shown: 0, isKept: false });
});

it("an import that was being undone when the app was killed is undone before anything asks for the chats", async () => {
  await imported(true);
  // Some are gone already.
  store.purgeChats({ chatIds: ["chat-0", "chat-1"] });
  const { api } = await open();
  expect(asked.filter((name) => name === "undoImported")).toHaveLength(Math.ceil(many / 200));
  expect(await api.settled()).toMatchObject({ state: "undone", removed: many - 2, kept: 0 });
  expect({ shown: shown(), folders: store.readFolders().folders }).toEqual({ shown: 0, folders: [] });
  expect(existsSync(join(home, "last-import.json"))).toBe(false);
});

it("what the app is undoing is left to it by `r1`", async () => {
  await imported(true);
  const { handlers, api } = await open({ isApp: false });
  expect(await api.settled()).toEqual({ state: "none" });
  await handlers["imports.close"]({});
  expect({ asked, shown: shown() }).toEqual({ asked: [], shown: many });
  expect(await (await open()).api.settled()).toMatchObject({ state: "undone", removed: many });
});

it.each([
  ["before", false],
  ["after", true],
])(
  "an undo that failed %s a restart is completed by the next start, also if the notice was dismissed",
  async (_, isUndoing) => {
    await imported(isUndoing);
    isFull = true;
    const { handlers, api } = await open();
    const state = await handlers["imports.state"]({});
    if (state.state === "done") await handlers["imports.undo"]({ importId: state.result.id });
    expect(await api.settled()).toMatchObject({
      state: "failed",
      problem: { code: "disk-full" },
    });
    expect(shown()).toBe(many - 200);
    expect(told).toEqual(["many"]);
    await handlers["imports.close"]({});
    isFull = false;
    expect(await (await open()).api.settled()).toMatchObject({ state: "undone", removed: many - 200, kept: 0 });
    expect(shown()).toBe(0);
  },
);

it("once the notice is dismissed, a start offers nothing; nor does a file that the app did not write", async () => {
  await imported(false);
  const { handlers } = await open();
  await handlers["imports.close"]({});
  expect(existsSync(join(home, "last-import.json"))).toBe(false);
  for (const text of ["{", '{"imported":[{"id":1}]}']) {
    writeFileSync(join(home, "last-import.json"), text);
    expect(await (await open()).handlers["imports.state"]({})).toEqual({ state: "none" });
  }
  expect(shown()).toBe(many);
});

it.each([
  ["done", false],
  ["being undone", true],
])("an import that is %s is forgotten when all chats are erased", async (_, isUndoing) => {
  await imported(isUndoing);
  isFull = isUndoing;
  const { handlers, api } = await open();
  await api.forget();
  expect(await handlers["imports.state"]({})).toEqual({ state: "none" });
  expect(existsSync(join(home, "last-import.json"))).toBe(false);
  expect(await (await open()).handlers["imports.state"]({})).toEqual({ state: "none" });
});

describe("while the chats are encrypted", () => {
  const opening = "a".repeat(64);
  const plain = "last-import-chats.json";
  const encrypted = "last-import-chats-encrypted.json";
  const lists = (): string[] => readdirSync(home).filter((name) => name.startsWith("last-import-chats"));
  /** Imports them, and encrypts what is kept of that, as switching on does. */
  const importedAndEncrypted = async (isUndoing: boolean): Promise<void> => {
    await imported(isUndoing);
    convertList(home, null, opening);
    key = opening;
  };
  const expectUndone = async ({ handlers, api }: Awaited<ReturnType<typeof open>>): Promise<void> => {
    const state = await handlers["imports.state"]({});
    if (state.state !== "done") throw new Error(state.state);
    await handlers["imports.undo"]({ importId: state.result.id });
    expect(await api.settled()).toMatchObject({ state: "undone", removed: many });
    expect({ shown: shown(), lists: lists() }).toEqual({ shown: 0, lists: [] });
  };

  it.each([false, true])("the list of an import gives nothing away (imported before that: %s)", async (isBefore) => {
    if (isBefore) await importedAndEncrypted(false);
    else {
      key = opening;
      await imported(false);
    }
    expect(lists()).toEqual([encrypted]);
    const written = readFileSync(join(home, encrypted), "utf8");
    const bytes = Buffer.from(written, "base64").toString("latin1");
    for (const text of [written, bytes]) expect(text).not.toMatch(/chat-7|digest|imported/);
    await expectUndone(await open());
  });

  it("each writing of the same list looks different", async () => {
    await importedAndEncrypted(false);
    const first = readFileSync(join(home, encrypted));
    convertList(home, opening, null);
    convertList(home, null, opening);
    expect(readFileSync(join(home, encrypted)).equals(first)).toBe(false);
  });

  it("an import can be undone once they are decrypted", async () => {
    await importedAndEncrypted(false);
    convertList(home, opening, null);
    key = null;
    expect(lists()).toEqual([plain]);
    await expectUndone(await open());
  });

  it("an import is undone only once they are unlocked, and is offered until then", async () => {
    await importedAndEncrypted(false);
    key = "locked";
    const app = await open();
    const state = await app.handlers["imports.state"]({});
    if (state.state !== "done") throw new Error(state.state);
    const { id } = state.result;
    expect(() => app.handlers["imports.undo"]({ importId: id })).toThrow(
      expect.objectContaining({ code: "chats-locked" }) as Error,
    );
    key = opening;
    expect(shown()).toBe(many);
    await app.api.resume();
    await expectUndone(app);
  });

  it("an undoing that was cut short is completed when they are unlocked", async () => {
    await importedAndEncrypted(true);
    key = "locked";
    const { api } = await open();
    expect({ asked, shown: shown() }).toEqual({ asked: [], shown: many });
    key = opening;
    await api.resume();
    expect(await api.settled()).toMatchObject({ state: "undone", removed: many });
    expect(lists()).toEqual([]);
  });

  it("what an older version kept in one file is not written without encryption at a start while they are locked", async () => {
    await imported(false);
    const path = join(home, "last-import.json");
    const { presets: _, list: __, ...last } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    const chats = (JSON.parse(readFileSync(join(home, plain), "utf8")) as { imported: unknown }).imported;
    rmSync(join(home, plain));
    writeFileSync(path, JSON.stringify({ ...last, imported: chats }));
    key = "locked";
    const app = await open();
    expect(lists()).toEqual([]);
    key = opening;
    await app.api.resume();
    expect(lists()).toEqual([encrypted]);
    expect(readFileSync(path, "utf8")).not.toContain("digest");
    await expectUndone(app);
  });

  it.each([
    ["changed", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)])],
    ["cut off", (bytes: Buffer) => bytes.subarray(0, 20)],
    ["another key's", () => null],
  ])("a list that is %s undoes nothing, and that is said", async (_, damage) => {
    await importedAndEncrypted(false);
    const path = join(home, encrypted);
    const damaged = damage(Buffer.from(readFileSync(path, "utf8"), "base64"));
    if (damaged === null) key = "b".repeat(64);
    else writeFileSync(path, JSON.stringify(damaged.toString("base64")));
    const { handlers, api } = await open();
    const state = await handlers["imports.state"]({});
    if (state.state !== "done") throw new Error(state.state);
    await handlers["imports.undo"]({ importId: state.result.id });
    expect(await api.settled()).toEqual({ state: "failed", problem: { code: "import-not-undone" } });
    expect(shown()).toBe(many);
  });
});
