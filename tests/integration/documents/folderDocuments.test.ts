import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DocumentFolder } from "../../../electron/contract/documentFolders.ts";
import { folderLimits } from "../../../electron/workbench/documents/folders/folderLimits.ts";
import type { WorkbenchOptions } from "../../../electron/workbench/WorkbenchOptions.ts";
import { pdfFile } from "../../support/documents/pdfFile.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";

const slow = { timeout: 180_000 };
// A question waits a few seconds for what has changed. A machine that is busy with other tests takes longer for it.
folderLimits.questionMs = 60_000;
const secret = "a-secret-place";
let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "folder-"));
  folder = join(root, secret, "papers");
  await mkdir(folder, { recursive: true });
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const put = async (place: string, content: string | Buffer): Promise<void> => {
  await mkdir(join(folder, place, ".."), { recursive: true });
  await writeFile(join(folder, place), content);
};

/** Opens a workbench, and returns what waits until its folder of documents is as wanted. */
async function open(home?: string, options: Partial<WorkbenchOptions> = {}) {
  let tell = (): void => undefined;
  const onEvent = ({ name }: TestWorkbench["events"][number]): void => {
    if (name === "documents.foldersChanged") tell();
  };
  const opened = await openTestWorkbench(home, onEvent, options);
  const { workbench } = opened;
  const until = async (isWanted: (folder: DocumentFolder | undefined) => boolean): Promise<DocumentFolder> => {
    for (;;) {
      const heard = new Promise<void>((resolve) => (tell = resolve));
      const [found] = await workbench.call("documents.folders", {});
      if (isWanted(found)) return found as DocumentFolder;
      await heard;
    }
  };
  return { ...opened, until };
}
/** Nothing is left to be read or indexed. */
const isDone =
  (documents: number) =>
  (found: DocumentFolder | undefined): boolean =>
    found?.state === "ready" && found.documents === documents && found.indexed === documents;

async function newChat({ workbench }: Pick<TestWorkbench, "workbench">, folderId: string): Promise<string> {
  const { id } = await workbench.call("chats.create", {});
  await workbench.call("chats.moveToFolder", { chatIds: [id], folderId });
  return id;
}
async function prompt({ workbench }: Pick<TestWorkbench, "workbench">, chatId: string, question: string) {
  return (await workbench.call("chats.nextPrompt", { chatId, question }))?.text ?? "";
}

describe("a folder of documents", () => {
  it("is read, searched for each question, and looked at again before one", slow, async () => {
    await put("fees.md", "The fee is nine crowns.");
    await put("sub/hours.txt", "The office opens at seven.");
    await put("scan.pdf", pdfFile([""]));
    await put("photo.jpg", "no text");
    const opened = await open();
    const { workbench, until, events } = opened;
    const { id: folderId } = await workbench.call("chats.createFolder", { name: "Rules" });
    await workbench.chooseDocumentFolder(folderId, folder);
    const read = await until(isDone(2));
    expect(read).toMatchObject({
      folderId,
      name: "papers",
      trouble: null,
      problem: null,
      refused: [{ place: "scan.pdf", case: "scanned" }],
      refusedCount: 1,
      leftOut: { others: 1 },
    });
    const chatId = await newChat(opened, folderId);
    expect(await prompt(opened, chatId, "Which fee?")).toContain("[fees.md]\nThe fee is nine crowns.");
    expect((await workbench.call("documents.countFolder", { folderId })).tokens).toBeGreaterThan(0);

    // What has changed by the time of the question is what it is searched for in.
    await put("fees.md", "The fee is ten crowns by now.");
    await put("new.md", "A numbat eats termites.");
    await rm(join(folder, "sub", "hours.txt"));
    expect(await prompt(opened, chatId, "Which fee?")).toContain("ten crowns");
    expect(await prompt(opened, chatId, "A numbat?")).toContain("termites");
    expect(await prompt(opened, chatId, "When does the office open?")).not.toContain("at seven");

    await workbench.call("chats.configure", { chatId, searchesFolder: false });
    expect(await prompt(opened, chatId, "Which fee?")).not.toContain("crowns");
    await workbench.call("chats.configure", { chatId, searchesFolder: true });

    const begun = await workbench.call("chats.send", { chatId, text: "Which fee?" });
    expect(begun.messages[0]?.attachments).toContainEqual(
      expect.objectContaining({ name: "fees.md", use: "search", ofFolder: true }),
    );
    await workbench.call("runs.stop", { runId: begun.runId });
    await workbench.call("documents.removeFolder", { folderId });
    expect(await workbench.call("documents.folders", {})).toEqual([]);
    // The path is told to nobody.
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  it("is known after a start without being read again, and searched while it is unplugged", slow, async () => {
    await put("fees.md", "The fee is nine crowns.");
    const first = await open();
    const { id: folderId } = await first.workbench.call("chats.createFolder", { name: "Rules" });
    await first.workbench.chooseDocumentFolder(folderId, folder);
    await first.until(isDone(1));
    const chatId = await newChat(first, folderId);
    await first.workbench.close();

    const away = join(root, "away");
    await rename(folder, away);
    const second = await open(first.home);
    const { workbench, until } = second;
    expect(await workbench.call("documents.folders", {})).toMatchObject([{ documents: 1, leftOut: null }]);
    await workbench.call("chats.open", { chatId });
    await until((found) => found?.trouble === "gone" && found.indexed === 1);
    expect(await prompt(second, chatId, "Which fee?")).toContain("nine crowns");
    // As the folder of a drive without the drive.
    await mkdir(folder);
    await workbench.call("documents.lookAgain", { folderId, isAsked: true });
    await until((found) => found?.trouble === "empty" && found.documents === 1);
    await rm(folder, { recursive: true });
    await rename(away, folder);
    await workbench.call("documents.lookAgain", { folderId, isAsked: true });
    const back = await until((found) => found?.state === "ready" && found.trouble === null && found.documents === 1);
    expect(back.leftOut).not.toBeNull();
  });

  it("goes with its folder of chats, and comes back if that is undone", slow, async () => {
    await put("fees.md", "The fee is nine crowns.");
    const opened = await open();
    const { workbench, until } = opened;
    const { id: folderId } = await workbench.call("chats.createFolder", { name: "Rules" });
    await workbench.chooseDocumentFolder(folderId, folder);
    await until(isDone(1));
    const deleted = await workbench.call("chats.deleteFolder", { folderId });
    expect(JSON.stringify(deleted)).not.toContain(secret);
    expect(await workbench.call("documents.folders", {})).toEqual([]);
    await workbench.call("chats.restoreFolder", deleted);
    await until(isDone(1));
  });

  it("is forgotten when the chats are locked, and known again when they are opened", slow, async () => {
    const passphrase = "four words of müde";
    await put("fees.md", "The fee is nine crowns.");
    const opened = await open(undefined, { isApp: true });
    const { workbench, until, events } = opened;
    const { id: folderId } = await workbench.call("chats.createFolder", { name: "Rules" });
    await workbench.chooseDocumentFolder(folderId, folder);
    await until(isDone(1));
    await workbench.call("chatLock.turnOn", { passphrase, keychain: false });
    for (let place = 0; place < 20; place++) await put(`${place}.md`, `A numbat ${place}.`);
    await workbench.call("documents.lookAgain", { folderId, isAsked: true });
    await until((found) => found?.state === "reading");
    await workbench.call("chatLock.lock", {});
    await expect(workbench.call("documents.folders", {})).rejects.toMatchObject({ code: "chats-locked" });
    await expect(workbench.call("documents.lookAgain", { folderId, isAsked: true })).rejects.toMatchObject({
      code: "chats-locked",
    });
    await workbench.call("chatLock.unlock", { passphrase });
    const names = events.map(({ name, data }) =>
      name === "chatLock.changed" ? (data as { state: string }).state : name,
    );
    const whileLocked = names.slice(names.lastIndexOf("locked"), names.lastIndexOf("open"));
    expect(whileLocked).not.toContain("documents.foldersChanged");
    await workbench.call("documents.lookAgain", { folderId });
    await until(isDone(21));
  });

  it("has its long documents stored in steps, none through a link, and its place in no log", slow, async () => {
    await put("long.txt", Array.from({ length: 30_000 }, (_, at) => `Line ${at} of the log.`).join("\n"));
    await writeFile(join(root, "outside.md"), "A quokka.");
    await symlink(join(root, "outside.md"), join(folder, "link.md"));
    await put("closed.md", "No one reads this.");
    await chmod(join(folder, "closed.md"), 0);
    const opened = await open();
    const { workbench, until, home } = opened;
    const { id: folderId } = await workbench.call("chats.createFolder", { name: "Rules" });
    await workbench.chooseDocumentFolder(folderId, folder);
    // Root may read what nobody may.
    const readable = process.getuid?.() === 0 ? 2 : 1;
    const { leftOut } = await until(isDone(readable));
    expect(leftOut).toMatchObject({ links: 1 });
    const chatId = await newChat(opened, folderId);
    expect(await prompt(opened, chatId, "Line 29999?")).toContain("Line 29999 of the log.");
    // A failure that is logged with its place: a file of the home that is not there.
    await workbench.attachDocuments(chatId, [join(home, "none.md")]);
    await vi.waitFor(
      async () => expect(await workbench.call("documents.draft", { chatId })).toMatchObject([{ state: "refused" }]),
      { timeout: 60_000 },
    );
    const log = await readFile(join(home, "logs", "faults.log"), "utf8");
    expect(log).toContain("none.md");
    expect(log).not.toContain(secret);
  });
});
