import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { openImports } from "../../../electron/workbench/imports/openImports.ts";
import { openPresets } from "../../../electron/workbench/presets/openPresets.ts";
import { chat, chatFile, folder, message, preset } from "../../support/imports/hostileImports.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const importWorker = fileURLToPath(new URL("../../../out/workbench/importWorker.js", import.meta.url));

let home: string;
let store: ChatStore;
/** What fails because the disk is full. */
let full: "showStaged" | "presets" | null;
let beforeShown: () => void;
let imports: Awaited<ReturnType<typeof openImports>>;
let presets: ReturnType<typeof openPresets>["api"];

beforeEach(async () => {
  home = await temporaryFolder();
  store = new ChatStore(home);
  full = null;
  beforeShown = () => undefined;
  const refuse = (): never => {
    throw new WorkbenchError("disk-full");
  };
  presets = openPresets({
    home,
    notices: { add: () => undefined },
    onEvent: () => undefined,
    isShown: (chatId) => Promise.resolve(store.shownChats({ ids: [chatId] }).length > 0),
  }).api;
  const { add } = presets;
  imports = await openImports({
    home,
    importWorker,
    store: {
      request: (async (name: "undoImported", params: never) => {
        if ((name as string) === "showStaged") beforeShown();
        return full === (name as string) ? refuse() : store[name](params);
      }) as never,
    },
    onChats: () => undefined,
    presets: { ...presets, add: async (...given) => (full === "presets" ? refuse() : await add(...given)) },
    forgetRead: () => Promise.resolve(),
    encryption: () => null,
    isApp: true,
    onEvent: () => undefined,
  });
});
afterEach(async () => {
  await imports.close();
  store.close();
});

/** Imports a file, and resolves with how that ended. */
async function importFile(content: string) {
  const path = join(home, "to-import.jsonl");
  writeFileSync(path, content);
  const read = await imports.api.read(path);
  if (read.state !== "ready") throw new Error(JSON.stringify(read));
  await imports.handlers["imports.confirm"]({ previewId: read.preview.id, here: "skip" });
  return { preview: read.preview, ended: await imports.api.settled() };
}
const here = async () => ({
  chats: store.chatIds().length,
  folders: store.readFolders().folders.map(({ name }) => name),
  presets: (await presets.list()).map(({ name }) => name),
});
const whole = chatFile([preset, folder, chat, message]);

it.each(["presets", "showStaged"] as const)(
  "if the disk is full, everything of a file is imported or nothing (%s)",
  async (what) => {
    full = what;
    expect((await importFile(whole)).ended).toMatchObject({ state: "failed", problem: { code: "disk-full" } });
    expect(await here()).toEqual({ chats: 0, folders: [], presets: [] });
    full = null;
    expect((await importFile(whole)).ended).toMatchObject({ result: { chats: 1, folders: 1, presets: 1 } });
    expect(await here()).toEqual({ chats: 1, folders: [folder.name], presets: [preset.name] });
  },
);

it("a file with folders and presets alone is imported once, and then has nothing new", async () => {
  const beside = chatFile([preset, folder]);
  const first = await importFile(beside);
  expect(first.preview).toMatchObject({ folders: 1, foldersLeftOut: 0, presets: 1, presetsLeftOut: 0 });
  expect(first.ended).toMatchObject({ result: { chats: 0, folders: 1, foldersLeftOut: 0, presets: 1 } });
  const second = await importFile(beside);
  expect(second.preview).toMatchObject({ chats: 0, folders: 0, presets: 0 });
});

it("a chat that comes from elsewhere while it is imported is counted as here already", async () => {
  // Just before everything is shown, the same chat is restored.
  store.stageChats({ lines: [chat, message].map((record) => JSON.stringify(record)) });
  store.showStaged({ chats: 1 });
  store.hideChats({ chatIds: [chat.id] });
  beforeShown = () => store.restoreChats({ chatIds: [chat.id] });
  const other = { ...chat, id: "c2" };
  const { ended } = await importFile(chatFile([chat, message, other, { ...message, id: "m2" }]));
  expect(ended).toMatchObject({ state: "done", result: { chats: 1, messages: 1, skipped: 1 } });
  while (store.catchUp());
  expect(store.chatIds().toSorted()).toEqual([chat.id, other.id]);
});
