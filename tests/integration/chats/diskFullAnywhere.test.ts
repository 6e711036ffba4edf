import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toProblem } from "../../../electron/contract/errors.ts";
import { BackupShelf } from "../../../electron/workbench/backups/BackupShelf.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { toStoreError } from "../../../electron/workbench/chats/storeProblem.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { allMessages } from "../../support/chats/allMessages.ts";
import { catchUpAll } from "../../support/chats/catchUpAll.ts";
import { expectSound } from "../../support/chats/expectSound.ts";
import { earlierStores, putEarlierStore } from "../../support/chats/earlierStores.ts";
import { stagedLines } from "../../support/chats/stagedLines.ts";
import { readText } from "../../support/documents/readText.ts";
import { canMount, mountDisk } from "../../support/mountedDisk.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** By hand, `R1_EVERY_MOMENT=1` tries each number of free pages and not some of them. */
const isThorough = process.env["R1_EVERY_MOMENT"] === "1";
const megabytes = 16;
const pageBytes = 4096;

/** What is done on a full disk. Each step is all or nothing: what it rejects has changed nothing. */
interface Deed {
  name: string;
  /** Puts what is needed into a home, which is empty, or has the chats of `filled`. */
  prepare?: (home: string) => void;
  isEmpty?: boolean;
  /** Whether the store is opened on the full disk, so that nothing can be compared before. */
  isOpening?: boolean;
  steps: ((here: { home: string; store: () => ChatStore }) => unknown)[];
  /** How many pages more are left free with each try, unless all numbers are tried. */
  stride: number;
}

/** A home with chats, drafts and a document, made once. */
let filled: string;
beforeAll(() => {
  filled = mkdtempSync(join(tmpdir(), "r1-workbench-"));
  const store = new ChatStore(filled);
  for (let chat = 0; chat < 5; chat++) addAnsweredChat(store, `chat ${chat}`, 4, "words ".repeat(chat * 300));
  const [first] = store.listChats({ cursor: null }).chats;
  store.documents.addDocument({
    chatId: first?.id ?? "",
    name: "notes.txt",
    document: readText("numbat ".repeat(5000)),
  });
  store.saveDraft({ chatId: first?.id ?? "", draft: "typed" });
  store.close();
});
afterAll(() => rmSync(filled, { recursive: true }));

const idOf = (store: ChatStore, title: string): string =>
  store.listChats({ cursor: null }).chats.find((chat) => chat.title === title)?.id ?? "";
const streaming = (store: ChatStore): string =>
  allMessages(store, idOf(store, "chat 2")).find(({ state }) => state === "streaming")?.id ?? "";
const newestBackup = (home: string): string => new BackupShelf(home).list().backups[0]?.id ?? "";
const makeBackup = (home: string, reason: "asked" | "restore"): void => {
  try {
    new BackupShelf(home).make({ reason });
  } catch (error) {
    throw toStoreError(error);
  }
};
const imported = new Map<string, { chats: ReturnType<ChatStore["showStaged"]>["shown"]; folders: string[] }>();

function stage(store: ChatStore, home: string): void {
  const lines = stagedLines({ chats: 6, messages: 4, text: `quokka ${"words ".repeat(200)}` });
  try {
    for (let at = 0; at < lines.length; at += 7) store.stageChats({ lines: lines.slice(at, at + 7) });
    imported.set(home, { chats: store.showStaged({ chats: null }).shown, ...store.madeFolders() });
  } catch (error) {
    try {
      store.dropStaged();
    } catch {
      // The next start erases what was stored.
    }
    throw error;
  }
}

const deeds: Deed[] = [
  {
    name: "sending, and writing a reply",
    steps: [
      ({ store }) => store().beginTurn({ chatId: idOf(store(), "chat 2"), text: "q ".repeat(9000), model: null }),
      ({ store }) =>
        store().appendPieces({ messageId: streaming(store()), thought: "t ".repeat(3000), answer: "a ".repeat(9000) }),
      ({ store }) => {
        const end = { thought: "t", state: "done", stats: null, problem: null } as const;
        store().finishReply({ messageId: streaming(store()), text: "a ".repeat(20_000), ...end });
      },
    ],
    stride: 25,
  },
  {
    name: "drafts, titles and folders",
    steps: [
      ({ store }) => store().saveDraft({ chatId: null, draft: "d ".repeat(9000) }),
      ({ store }) => store().renameChat({ chatId: idOf(store(), "chat 1"), title: "renamed" }),
      ({ store }) => store().createFolder({ name: "a folder" }),
    ],
    stride: 4,
  },
  {
    name: "attaching a document",
    steps: [
      ({ store }) =>
        store().documents.addDocument({ chatId: null, name: "b.txt", document: readText("bilby ".repeat(20_000)) })
          .name,
    ],
    stride: 16,
  },
  { name: "a backup", steps: [({ home }) => makeBackup(home, "asked")], stride: 45 },
  {
    name: "a restore, and undoing it",
    prepare: (home) => {
      makeBackup(home, "asked");
      const store = new ChatStore(home);
      store.purgeChats({ chatIds: [idOf(store, "chat 4")] });
      catchUpAll(store);
      addAnsweredChat(store, "since", 6, "more ".repeat(900));
      store.close();
    },
    steps: [
      async ({ home, store }) => {
        const chosen = new BackupShelf(home).list().backups.find(({ reason }) => reason === "asked")?.id ?? "";
        makeBackup(home, "restore");
        await store().restoreBackup({ backupId: chosen });
      },
      async ({ home, store }) => await store().restoreBackup({ backupId: newestBackup(home) }),
    ],
    stride: 130,
  },
  { name: "an import", steps: [({ home, store }) => stage(store(), home)], stride: 30 },
  {
    name: "undoing an import",
    steps: [
      ({ home, store }) => stage(store(), home),
      ({ home, store }) => store().undoImported(imported.get(home) ?? { chats: [] }),
      ({ store }) => catchUpAll(store()),
    ],
    stride: 90,
  },
  {
    name: "erasing a chat, also from the disk",
    steps: [
      ({ store }) => store().purgeChats({ chatIds: [idOf(store(), "chat 3")] }),
      ({ store }) => catchUpAll(store()),
    ],
    stride: 45,
  },
  { name: "erasing all chats", steps: [({ store }) => store().eraseAllChats()], stride: 45 },
  ...[1, 5, 9, 12].map((schema): Deed => {
    const name = earlierStores.find((each) => each.startsWith(`schema${String(schema).padStart(2, "0")}`)) ?? "";
    const prepare = (home: string): void => void putEarlierStore(home, name);
    const steps: Deed["steps"] = [({ store }) => store()];
    return { name: `the migration of ${name}`, isEmpty: true, isOpening: true, prepare, steps, stride: 40 };
  }),
  {
    name: "mending a damaged store",
    isOpening: true,
    prepare: (home) => {
      makeBackup(home, "asked");
      const path = join(home, "store", "chats.db");
      writeFileSync(path, Buffer.alloc(100, 0x55), { flag: "r+" });
    },
    steps: [({ store }) => store()],
    stride: 60,
  },
];

/** Everything that people see of the chats, without ids, which differ from one run to the next. */
function contents(store: ChatStore): unknown {
  const parts = [{}, { archived: true }].flatMap((part) => store.listChats({ cursor: null, ...part }).chats);
  return {
    chats: parts
      .map((chat) => ({
        title: chat.title,
        draft: store.openChat({ chatId: chat.id }).chat.draft,
        messages: allMessages(store, chat.id).map(({ text, thought, problem, state, attachments }) => [
          text,
          thought,
          problem,
          state === "streaming" ? "interrupted" : state,
          attachments?.map(({ name }) => name),
        ]),
        documents: store.documents
          .draftAttachments({ chatId: chat.id })
          .map(({ id }) => store.documents.readAttachment({ attachmentId: id }).text),
      }))
      .toSorted((one, other) => one.title.localeCompare(other.title)),
    next: [store.newDraft().draft, store.documents.draftAttachments({ chatId: null }).map(({ name }) => name)],
    folders: store.readFolders().folders.map(({ name }) => name),
  };
}

/** Leaves so many pages of a disk free. */
function fill(filler: string, pages: number): void {
  const { bavail, bsize } = statfsSync(join(filler, ".."));
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - pages * pageBytes)));
}

/** Does a deed in a home, on a disk that has so many pages free before each step that fails. Returns how many failed. */
async function tryDeed({ prepare, isEmpty, isOpening, steps }: Deed, home: string, pages: number | null) {
  mkdirSync(home, { recursive: true });
  if (isEmpty !== true) cpSync(filled, home, { recursive: true });
  prepare?.(home);
  const filler = join(home, "..", "filler");
  let store: ChatStore | null = null;
  const here = { home, store: () => (store ??= new ChatStore(home)) };
  const before = (): unknown => (isOpening ? null : contents(here.store()));
  const codes: string[] = [];
  for (const step of steps) {
    const was = before();
    if (pages !== null) fill(filler, pages);
    try {
      await step(here);
    } catch (error) {
      codes.push(toProblem(toStoreError(error)).code);
      if (isOpening !== true) expect(contents(here.store()), codes.join()).toEqual(was);
      rmSync(filler, { force: true });
      await step(here);
    }
    rmSync(filler, { force: true });
  }
  const one = here.store();
  const now = contents(one);
  catchUpAll(one);
  one.close();
  store = null;
  expect(contents(here.store())).toEqual(now);
  here.store().close();
  expectSound(home);
  expect(readdirSync(join(home, "store")).filter((name) => !/^(chats\.db|owners)$/.test(name))).toEqual([]);
  return { codes, now };
}

describe.skipIf(!canMount)("a disk that is full anywhere in (needs root on Linux, to mount a small one)", () => {
  it.each(deeds)(
    "$name: what fails has changed nothing, says so, and works once there is space",
    { timeout: isThorough ? 1_200_000 : 300_000 },
    async (deed) => {
      const whole = await tryDeed(deed, join(await temporaryFolder(), "home"), null);
      const disk = join(await temporaryFolder(), "disk");
      mountDisk(disk, megabytes);
      let failed = 0;
      for (let pages = 0, tries = 0; ; pages += isThorough ? 1 : deed.stride, tries++) {
        const home = join(disk, "home");
        const { codes, now } = await tryDeed(deed, home, pages);
        expect(now, `${pages} pages free`).toEqual(whole.now);
        for (const code of codes) expect(code, `${pages} pages free`).toBe("disk-full");
        rmSync(home, { recursive: true });
        imported.clear();
        failed += codes.length;
        if (codes.length === 0) {
          if (isThorough) process.stdout.write(`${deed.name}: ${tries} tries, ${failed} refusals\n`);
          break;
        }
      }
      expect(failed).toBeGreaterThan(0);
    },
  );
});
