// A process that does most of what the app does with chats (see `deeds`), in an order that follows from a seed, until it is
// killed: mixingWriter.ts HOME SEED FILE-TO-IMPORT. Run it with the shipped Node, which reads TypeScript. It prints a line of
// JSON when it has opened the chats, before each deed, and after it.
import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { openBackups } from "../../../electron/workbench/backups/openBackups.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { openImports } from "../../../electron/workbench/imports/openImports.ts";
import { openPresets } from "../../../electron/workbench/presets/openPresets.ts";
import { Notices } from "../../../electron/workbench/Notices.ts";
import { Signal } from "../../../electron/workbench/Signal.ts";
import { storeDocument } from "../../../electron/workbench/documents/storeDocument.ts";
import { readText } from "../documents/readText.ts";
import { seededRandom } from "../seededRandom.ts";
import type { StoredChatPage } from "../../../electron/workbench/chats/ChatTable.ts";
import type { MixedLine, MixedState } from "./MixedState.ts";

const [home = "", seed = "1", importFile = ""] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const below = (most: number): number => Math.floor(random() * most);
const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const mostChats = 25;

/** Resolves once the line has left this process. */
const say = (line: MixedLine): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()));

const onEvent = (): void => undefined;
const forgetRead = (): Promise<void> => Promise.resolve();
const store = new StoreClient({ home, workerPath: paths.storeWorker });
store.noticed.on((problem) => void say({ notice: problem }));
const imports = await openImports({
  home,
  importWorker: paths.importWorker,
  store,
  onChats: () => undefined,
  presets: openPresets({
    home,
    notices: new Notices(() => undefined),
    onEvent,
    isShown: async (chatId) => (await store.request("shownChats", { ids: [chatId] })).length > 0,
  }).api,
  forgetRead,
  encryption: () => null,
  isApp: true,
  onEvent,
});
await imports.api.settled();
const backups = openBackups({
  home,
  backupWorker: paths.backupWorker,
  store,
  runs: { isWriting: false, chatChanged: new Signal() },
  replaced: () => undefined,
  notices: new Notices(() => undefined),
  forgetRead,
  onEvent,
});

/** What people see of the chats. */
async function readState(): Promise<MixedState> {
  const chats: MixedState["chats"] = {};
  for (const archived of [false, true]) {
    let cursor: string | null = null;
    do {
      const page: StoredChatPage = await store.request("listChats", { cursor, archived });
      for (const { id, title, pinned } of page.chats) {
        const { chat, messages } = await store.request("readBranch", { chatId: id });
        const attached = await store.request("draftAttachments", { chatId: id });
        chats[id] = {
          title,
          others: JSON.stringify([chat.draft, pinned, archived, attached.map(({ name, chars }) => [name, chars])]),
          messages: messages.map((each) => [
            each.id,
            each.text,
            each.thought,
            each.state,
            each.problem?.code ?? "",
            each.role,
            JSON.stringify(each.summary ?? null),
            JSON.stringify((each.attachments ?? []).map(({ name, chars }) => [name, chars])),
          ]),
        };
      }
      cursor = page.next;
    } while (cursor !== null);
  }
  const { folders } = await store.request("readFolders", {});
  return {
    chats,
    folders: folders.map(({ name }) => name).toSorted(),
    backups: (await backups.handlers["backups.list"]({})).backups.map(({ id }) => id),
  };
}

let state = await readState();
let last = 0;
await say({ opened: state });

const chatIds = (): string[] => Object.keys(state.chats);
const anyChat = (): string => chatIds()[below(chatIds().length)] ?? "";
const words = (): string => `${"word ".repeat(below(40) * below(40))}${last++}`;
const idsOf = (chatId: string, wanted: "assistant" | "user"): string[] =>
  (state.chats[chatId]?.messages ?? []).filter(([, , , , , role]) => role === wanted).map(([id]) => id);
const repliesOf = (chatId: string): string[] => idsOf(chatId, "assistant");
const end = { thought: "Hm.", state: "done", stats: null, problem: null } as const;

async function write(messageId: string): Promise<void> {
  for (let piece = below(12); piece > 0; piece--) {
    await store.request("appendPieces", { messageId, thought: "", answer: `${words()}\n` });
  }
  if (below(4) > 0) await store.request("finishReply", { messageId, text: words(), ...end });
  else await store.request("finishReply", { messageId, text: words(), ...end, state: "stopped" });
}

/** Deeds with how often each is done, and the chats that each may change. */
const deeds: { name: string; weight: number; chats: () => string[]; act: (chats: string[]) => Promise<unknown> }[] = [
  {
    name: "create",
    weight: 8,
    chats: () => [],
    act: async () => {
      const { id } = await store.request("createChat", { thinking: "on", modelId: null });
      await store.request("renameChat", { chatId: id, title: words() });
    },
  },
  {
    name: "send",
    weight: 16,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const attachmentIds = (await store.request("draftAttachments", { chatId })).map(({ id }) => id);
      await write((await store.request("beginTurn", { chatId, text: words(), model: null, attachmentIds })).reply.id);
    },
  },
  {
    name: "edit",
    weight: 5,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = idsOf(chatId, "user").at(-1 - below(2));
      if (messageId !== undefined)
        await write((await store.request("beginEdit", { messageId, text: words(), model: null })).reply.id);
    },
  },
  {
    name: "editReply",
    weight: 6,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = repliesOf(chatId).at(-1 - below(2));
      if (messageId === undefined) return;
      const { thought } = await store.request("readMessage", { messageId });
      const part = thought !== null && below(2) === 0 ? ("thought" as const) : undefined;
      const toContinue = below(2) === 0;
      const edited = await store.request("editReply", { messageId, text: words(), part, toContinue });
      if (toContinue) await write((await store.request("beginContinuation", { messageId: edited.id })).reply.id);
    },
  },
  {
    name: "summarize",
    weight: 5,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = repliesOf(chatId)[0];
      if (messageId === undefined) return;
      const summary = { text: `in short ${words()}`, model: { id: "r1", name: "R1" }, createdAt: 5 };
      await store.request("saveSummary", { messageId, summary });
      if (below(3) === 0) await store.request("saveSummary", { messageId, summary: { ...summary, edited: true } });
      if (below(3) === 0) await store.request("saveSummary", { messageId, summary: null });
    },
  },
  {
    name: "regenerate",
    weight: 4,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = repliesOf(chatId).at(-1);
      if (messageId !== undefined)
        await write((await store.request("beginVersion", { messageId, model: null })).reply.id);
    },
  },
  {
    name: "removeReply",
    weight: 4,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = repliesOf(chatId).at(-1);
      if (messageId === undefined) return;
      const { deletionId } = await store.request("removeReply", { messageId });
      if (below(2) === 0) await store.request("restoreReply", { chatId, deletionId });
      else await store.request("purgeChats", { chatIds: [deletionId] });
    },
  },
  {
    name: "branch",
    weight: 3,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      const messageId = repliesOf(chatId)[0];
      if (messageId !== undefined) await store.request("branchChat", { messageId, title: words() });
    },
  },
  {
    name: "attach",
    weight: 4,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      await store.request("addDocument", {
        chatId,
        name: "notes.txt",
        document: readText(`numbat ${words().repeat(20)}`),
      });
    },
  },
  {
    name: "attachLong",
    weight: 5,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      // A little more than is stored in one step.
      const pages = Array.from({ length: 8 }, (_, page) => `${page} numbat ${last++} `.repeat(2500));
      const { signal } = new AbortController();
      const target = { chatId };
      await storeDocument(store, { name: "long.txt", document: readText(pages), target: () => target, signal });
    },
  },
  {
    name: "change",
    weight: 8,
    chats: () => [anyChat()],
    act: async ([chatId = ""]) => {
      await store.request("saveDraft", { chatId, draft: words() });
      await store.request("archiveChats", { chatIds: [chatId], archived: below(2) === 0 });
      await store.request("pinChats", { chatIds: [chatId], pinned: below(2) === 0 });
    },
  },
  {
    name: "folder",
    weight: 2,
    chats: () => [],
    act: async () => {
      const { id } = await store.request("createFolder", { name: `folder ${seed} ${last++}` });
      await store.request("moveChats", { chatIds: [anyChat()].filter((each) => each !== ""), folderId: id });
      if (below(3) > 0) await store.request("deleteFolder", { folderId: id });
    },
  },
  {
    name: "delete",
    weight: 6,
    chats: () => [anyChat(), anyChat()],
    act: async (ids) => {
      await store.request("hideChats", { chatIds: ids });
      if (below(3) === 0) await store.request("restoreChats", { chatIds: ids });
      else await store.request("purgeChats", { chatIds: ids });
    },
  },
  { name: "eraseAll", weight: 1, chats: () => [], act: () => store.request("eraseAllChats", {}) },
  { name: "backup", weight: 5, chats: () => [], act: async () => backups.handlers["backups.make"]({}) },
  {
    name: "restore",
    weight: 6,
    chats: () => [state.backups.filter((id) => !id.endsWith("-day"))[below(state.backups.length)] ?? ""],
    act: async ([backupId = ""]) => backups.handlers["backups.restore"]({ backupId }),
  },
  {
    name: "import",
    weight: 5,
    chats: () => [],
    act: async () => {
      const ready = await imports.api.read(importFile);
      if (ready.state !== "ready") throw new Error(JSON.stringify(ready));
      await imports.handlers["imports.confirm"]({ previewId: ready.preview.id, here: "copy" });
      const done = await imports.api.settled();
      if (done.state !== "done") throw new Error(JSON.stringify(done));
    },
  },
  {
    name: "undoImport",
    weight: 4,
    chats: () => [],
    act: async () => {
      const done = await imports.handlers["imports.state"]({});
      if (done.state !== "done") return;
      await imports.handlers["imports.undo"]({ importId: done.result.id });
      const undone = await imports.api.settled();
      if (undone.state !== "undone") throw new Error(JSON.stringify(undone));
    },
  },
];
const all = deeds.flatMap((deed) => Array.from({ length: deed.weight }, () => deed));

for (;;) {
  const isFull = chatIds().length > mostChats;
  const deed = all[below(all.length)];
  if (deed === undefined || (isFull && ["create", "branch", "import"].includes(deed.name))) continue;
  const chats = [...new Set(deed.chats())];
  if (chats.includes("")) continue;
  await say({ begun: deed.name, chats });
  await deed.act(chats);
  state = await readState();
  await say({ done: deed.name, state });
}
