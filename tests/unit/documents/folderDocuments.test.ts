import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DocumentFolder } from "../../../electron/contract/documentFolders.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { EventListener } from "../../../electron/contract/events.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import type { ChatChanges } from "../../../electron/workbench/chats/ChatChanges.ts";
import { chatFoldersHandlers } from "../../../electron/workbench/chats/chatFoldersHandlers.ts";
import type { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { FolderDocuments } from "../../../electron/workbench/documents/folders/FolderDocuments.ts";
import { Signal } from "../../../electron/workbench/Signal.ts";
import { askStore } from "../../support/chats/askStore.ts";
import { storesIn } from "../../support/chats/storesIn.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { nodePath } = appPaths(join(root, "out", "cli")).engine;
const entry = join(root, "electron/workbench/documents/folders/folderLister.ts");

let place: string;
let papers: string;
let store: ChatStore;
let folderId: string;
let folders: FolderDocuments;
let asked: string[];
/** Called before the store does what is asked of it. */
let before: (name: string) => Promise<void> | void;
let told: DocumentFolder[][];
const { open, close } = storesIn(() => place);
const onEvent: EventListener = (name, data) => {
  if (name === "documents.foldersChanged") told.push(data as DocumentFolder[]);
};
const request = (async (name: string, params: unknown) => {
  asked.push(name);
  await before(name);
  return askStore(store, name, params);
}) as StoreClient["request"];

// Nothing can be read.
function openFolders(entryOfReader = join(place, "none.mjs")): FolderDocuments {
  return new FolderDocuments({
    store: { request, changed: new Signal<void>() },
    reader: { nodePath, entry: entryOfReader },
    lister: { nodePath, entry },
    home: join(place, "home"),
    expectHere: () => undefined,
    isBusy: () => false,
    shownError: toProblem,
    onEvent,
  });
}
const timesAsked = (name: string): number => asked.filter((each) => each === name).length;
const source = () => store.documents.folderSources().map(({ path }) => path);
/** Holds up the next request of this name once so many of them have passed. */
function hold(wanted: string, passing = 0): { isHeld: Promise<void>; release: () => void } {
  let [tell, release] = [(): void => undefined, (): void => undefined];
  const isHeld = new Promise<void>((resolve) => (tell = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  let count = 0;
  before = async (name) => {
    if (name !== wanted || count++ !== passing) return;
    tell();
    await released;
  };
  return { isHeld, release };
}

beforeEach(async () => {
  place = await temporaryFolder();
  papers = join(place, "papers");
  await mkdir(papers);
  await mkdir(join(place, "home", "logs"), { recursive: true });
  await writeFile(join(papers, "a.md"), "A numbat.");
  store = open("one");
  folderId = store.createFolder({ name: "Rules" }).id;
  [asked, told, before] = [[], [], () => undefined];
  folders = openFolders();
});
afterEach(async () => {
  await folders.close();
  close();
});

it("is never the app's own folder", async () => {
  await symlink(join(place, "home"), join(place, "link"), "junction");
  for (const own of [join(place, "home"), join(place, "home", "logs"), join(place, "link", "logs")])
    await expect(folders.choose(folderId, own)).rejects.toMatchObject({ code: "document-folder-own" });
  expect(source()).toEqual([]);
  await folders.choose(folderId, papers);
  expect(source()).toEqual([papers]);
});

it("is not read any more when another one takes its place", async () => {
  await folders.choose(folderId, papers);
  const { isHeld, release } = hold("chooseFolderSource");
  const choosing = folders.choose(folderId, place);
  await isHeld;
  expect(await folders.list()).toEqual([]);
  release();
  await choosing;
  expect(await folders.list()).toMatchObject([{ folderId }]);
});

it("is forgotten when the chats are locked, and nothing is told of it", async () => {
  // The first one is asked for when it is chosen, the second one when it has been listed.
  const { isHeld, release } = hold("folderFiles", 1);
  await folders.choose(folderId, papers);
  await isHeld;
  const stopped = folders.stop();
  release();
  await stopped;
  const { length } = told;
  before = () => {
    throw new WorkbenchError("chats-locked");
  };
  await expect(folders.list()).rejects.toMatchObject({ code: "chats-locked" });
  await expect(folders.lookAgain(folderId, true)).rejects.toMatchObject({ code: "chats-locked" });
  expect(told).toHaveLength(length);
  before = () => undefined;
  await folders.reload();
  expect(await folders.list()).toMatchObject([{ folderId }]);
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(length), { timeout: 60_000 });
});

it("is looked at once more if that is asked for while it is looked at", async () => {
  const { isHeld, release } = hold("folderFiles", 1);
  await folders.choose(folderId, papers);
  await isHeld;
  await folders.lookAgain(folderId, true);
  await folders.lookAgain(folderId, true);
  release();
  await vi.waitFor(() => expect(timesAsked("folderFiles")).toBe(3), { timeout: 60_000 });
  await vi.waitFor(async () => expect(await folders.list()).toMatchObject([{ state: "ready" }]), { timeout: 60_000 });
  expect(timesAsked("folderFiles")).toBe(3);
});

it("is searched for a question while another one about another folder waits for its model", async () => {
  const other = store.createFolder({ name: "Other" }).id;
  const chats = [folderId, other].map((id) => {
    const chatId = store.createChat({ thinking: "on", modelId: null }).id;
    store.moveChats({ chatIds: [chatId], folderId: id });
    return chatId;
  });
  await folders.choose(folderId, papers);
  await folders.choose(other, papers);
  let end = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (end = resolve));
  const [first = "", second = ""] = chats;
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const waiting = folders.whileAsked(first, () => {
    begun();
    return isAsked;
  });
  await hasBegun;
  expect(await folders.whileAsked(second, () => Promise.resolve("done"))).toBe("done");
  end();
  await waiting;
});

it("comes back with its chat folder, also at the second try, and what was restored is told", async () => {
  await folders.choose(folderId, papers);
  const changed: string[] = [];
  const events: string[] = [];
  const changes = {
    changed: (...ids: string[]) => Promise.resolve(void changed.push(...ids)),
  } as unknown as ChatChanges;
  // As after a start, in which nobody has asked for the folders.
  await folders.close();
  folders = openFolders();
  const documents = { folders };
  const { handlers } = chatFoldersHandlers({
    store: { request },
    changes,
    documents,
    onEvent: (name) => events.push(name),
  });
  const chatId = store.createChat({ thinking: "on", modelId: null }).id;
  store.moveChats({ chatIds: [chatId], folderId });
  const deleted = await handlers["chats.deleteFolder"]({ folderId });
  expect(source()).toEqual([]);
  before = (name) => {
    if (name === "chooseFolderSource") throw new WorkbenchError("store-failed");
  };
  [changed.length, events.length] = [0, 0];
  await expect(handlers["chats.restoreFolder"](deleted)).rejects.toMatchObject({ code: "store-failed" });
  expect(changed).toEqual([chatId]);
  expect(events).toContain("chats.foldersChanged");
  before = () => undefined;
  await handlers["chats.restoreFolder"](deleted);
  expect(source()).toEqual([papers]);
});

it("keeps what was read of a file whose disk fails, and reads it once it can be read", async () => {
  const reader = join(place, "documentReader.mjs");
  const code = `import { readFileSync } from "node:fs";
    const text = readFileSync(0, "utf8");
    const document = { format: "text", title: null, unit: null, parts: [text], sizeBytes: 1, sha256: "0".repeat(64) };
    process.stdout.write(JSON.stringify(text.includes("fails") ? { problem: "notRead" } : { document }));`;
  await writeFile(reader, code);
  await folders.close();
  folders = openFolders(reader);
  const read = () => store.documents.folderFiles({ folderId }).map(({ problem, chars }) => [problem, chars]);
  const files = async () => {
    await folders.lookAgain(folderId, true);
    await vi.waitFor(async () => expect(await folders.list()).toMatchObject([{ state: "ready" }]), { timeout: 60_000 });
    return read();
  };
  await folders.choose(folderId, papers);
  expect(await files()).toEqual([[null, 9]]);

  await writeFile(join(papers, "a.md"), "The disk fails here.");
  await writeFile(join(papers, "b.md"), "It fails from the beginning.");
  expect(await files()).toEqual([
    [null, 9],
    ["notRead", 0],
  ]);
  expect(await folders.list()).toMatchObject([{ documents: 1, refused: [{ place: "a.md" }, { place: "b.md" }] }]);

  await writeFile(join(papers, "a.md"), "Two numbats.");
  await writeFile(join(papers, "b.md"), "Three.");
  expect(await files()).toEqual([
    [null, 12],
    [null, 6],
  ]);
  expect(await folders.list()).toMatchObject([{ documents: 2, refused: [] }]);
});
