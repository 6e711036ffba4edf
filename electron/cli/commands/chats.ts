import stringWidth from "string-width";
import type { ChatFolder } from "../../contract/chatFolders.ts";
import type { SearchHit } from "../../contract/chats.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { foldText } from "../../contract/foldText.ts";
import { allChats } from "../../workbench/chats/allChats.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { openChats } from "../openChats.ts";
import { titleLine } from "../titleLine.ts";

/** `r1 chats`: lists the chats as the window does, or those that contain all words of a search. */
export async function chats(
  { query, archived, folder, passphraseFile }: CommandOf<"chats">,
  run: CommandRun,
): Promise<number> {
  const { terminal } = run;
  const workbench = await openChats(run, passphraseFile);
  const { texts } = terminal;
  const { folders } = await workbench.call("chats.folders", {});
  const folderId = folder === null ? undefined : folderNamed(folders, folder);
  const counts = terminal.json ? await workbench.messageCounts() : {};
  const nameOf = new Map(folders.map(({ id, name }) => [id, name]));
  if (query !== "") {
    const hits = await found(workbench, query, (chat) => {
      return (!archived || chat.archived) && (folderId === undefined || chat.folderId === folderId);
    });
    if (terminal.json) {
      const changed = new Map((await allChats(workbench)).map(({ id, updatedAt }) => [id, updatedAt]));
      terminal.document(
        hits.map(({ id, title, archived: isArchived, snippet, server }) => {
          const updatedAt = changed.get(id) ?? null;
          const found = { id, title, updatedAt, messages: counts[id] ?? 0, archived: isArchived, snippet };
          return { ...found, ...(server !== null && { server }) };
        }),
      );
      return 0;
    }
    for (const { id, title, snippet } of hits) terminal.write(`${id}  ${titleLine(texts, title)}${tail(snippet)}\n`);
    return 0;
  }
  const list = await allChats(workbench, { archived, folderId });
  if (terminal.json) {
    const document = list.map(
      ({ id, title, createdAt, updatedAt, pinned, archived: isArchived, folderId: inFolder }) => {
        const name = inFolder === null ? null : (nameOf.get(inFolder) ?? null);
        const messages = counts[id] ?? 0;
        return { id, title, createdAt, updatedAt, messages, pinned, archived: isArchived, folder: name };
      },
    );
    terminal.document(document);
    return 0;
  }
  const dates = list.map(({ updatedAt }) => texts.figures.dayAndTime(updatedAt));
  const width = Math.max(0, ...dates.map((date) => stringWidth(date)));
  for (const [index, { id, title }] of list.entries()) {
    const date = dates[index] ?? "";
    terminal.write(`${id}  ${date}${" ".repeat(width - stringWidth(date))}  ${titleLine(texts, title)}\n`);
  }
  return 0;
}

const tail = (snippet: string): string => (snippet === "" ? "" : ` · ${snippet.replaceAll(/\s+/g, " ")}`);

/** Returns the id of the folder with this id or name. Throws `chat-folder-not-found`. */
function folderNamed(folders: readonly ChatFolder[], wanted: string): string {
  const isWanted = ({ id, name }: ChatFolder): boolean => id === wanted || foldText(name) === foldText(wanted.trim());
  const folder = folders.find(isWanted);
  if (folder === undefined) throw new WorkbenchError("chat-folder-not-found");
  return folder.id;
}

/** A chat that a search found. */
type Found = { id: string; title: string; archived: boolean } & Pick<SearchHit, "snippet" | "server">;

/** Returns each wanted chat once. */
async function found(
  workbench: Workbench,
  query: string,
  isWanted: (chat: SearchHit["chat"]) => boolean,
): Promise<Found[]> {
  const hits = new Map<string, Found>();
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof workbench.call<"chats.search">>> = await workbench.call("chats.search", {
      query,
      cursor,
    });
    for (const { chat, snippet, server } of page.hits) {
      const { id, title, archived } = chat;
      if (!hits.has(id) && isWanted(chat)) hits.set(id, { id, title, archived, snippet, server });
    }
    if (page.next === null) return [...hits.values()];
    cursor = page.next;
  }
}
