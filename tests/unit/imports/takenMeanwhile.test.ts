import { afterEach, beforeEach, expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { chat, message } from "../../support/imports/hostileImports.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/* While a file is imported, another window or `r1` may import it too, or restore one of its chats. */

let store: ChatStore;
/** Another process with the same home. */
let beside: ChatStore;
beforeEach(async () => {
  const home = await temporaryFolder();
  store = new ChatStore(home);
  beside = new ChatStore(home);
});
afterEach(() => {
  store.close();
  beside.close();
});

const folder = (id: string) => ({ id: `folder of ${id}`, name: `Folder of ${id}` });
const linesOf = (id: string): string[] =>
  [
    { ...chat, id, leafId: `${id}1`, folder: folder(id) },
    { ...message, id: `${id}1` },
  ].map((record) => JSON.stringify(record));
const stage = (into: ChatStore, ...ids: string[]): void => void into.stageChats({ lines: ids.flatMap(linesOf) });
/** The ids of the chats that are listed, and the names of the folders. */
const here = () => ({
  chats: store.shownChats({ ids: store.chatIds() }).toSorted(),
  folders: store
    .readFolders()
    .folders.map(({ name }) => name)
    .toSorted(),
});

it("a chat that another process imports meanwhile is here once, and nothing of the other one is left", () => {
  stage(beside, "one", "two");
  stage(store, "one", "three");
  expect(beside.showStaged({ chats: 2, here: "skip" })).toMatchObject({ leftOut: [], messagesLeftOut: 0 });
  // It decides whether the presets of the file are kept.
  expect(store.stagedChat()).toBe("three");
  const { shown, leftOut, messagesLeftOut } = store.showStaged({ chats: 2, here: "skip" });
  expect({ shown: shown.map(({ id }) => id), messagesLeftOut }).toEqual({ shown: ["three"], messagesLeftOut: 1 });
  expect(leftOut).toHaveLength(1);
  expect(here()).toEqual({
    chats: ["one", "three", "two"],
    folders: ["Folder of one", "Folder of three", "Folder of two"],
  });
  while (store.catchUp());
  expect(store.chatIds()).toHaveLength(3);
});

it("a chat that was deleted when the import began and is restored meanwhile is here once", () => {
  stage(store, "one");
  store.showStaged({ chats: 1 });
  store.hideChats({ chatIds: ["one"] });
  stage(store, "one");
  store.restoreChats({ chatIds: ["one"] });
  expect(store.showStaged({ chats: 1, here: "skip" })).toMatchObject({ shown: [], messagesLeftOut: 1 });
  expect(here().chats).toEqual(["one"]);
});

it("a chat that stays deleted comes in as another one, and so do chats with the same id in one file", () => {
  stage(store, "one");
  store.showStaged({ chats: 1 });
  store.hideChats({ chatIds: ["one"] });
  stage(store, "one", "two", "two");
  expect(store.showStaged({ chats: 3, here: "skip" }).shown).toHaveLength(3);
  expect(here().chats).toHaveLength(3);
  store.restoreChats({ chatIds: ["one"] });
  expect(here().chats).toHaveLength(4);
});

it("copies that were asked for come in whatever else comes", () => {
  stage(store, "one");
  stage(beside, "one");
  beside.showStaged({ chats: 1 });
  store.showStaged({ chats: 1, here: "copy" });
  expect(here().chats).toHaveLength(2);
});
