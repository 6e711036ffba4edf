import stringWidth from "string-width";
import { allChats } from "../../workbench/chats/allChats.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { titleLine } from "../titleLine.ts";

/** `r1 chats`: lists the chats as the window does, or those that contain all words of a search. */
export async function chats({ query }: CommandOf<"chats">, { terminal, open }: CommandRun): Promise<number> {
  const workbench = await open();
  const { texts } = terminal;
  if (query !== "") {
    const hits = await found(workbench, query);
    if (terminal.json) terminal.document(hits);
    else
      for (const { id, title, snippet } of hits) terminal.write(`${id}  ${titleLine(texts, title)}${tail(snippet)}\n`);
    return 0;
  }
  const list = await allChats(workbench);
  if (terminal.json) {
    terminal.document(
      list.map(({ id, title, createdAt, updatedAt, pinned }) => ({ id, title, createdAt, updatedAt, pinned })),
    );
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

/** Returns each chat once. */
async function found(workbench: Workbench, query: string): Promise<{ id: string; title: string; snippet: string }[]> {
  const hits = new Map<string, { id: string; title: string; snippet: string }>();
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof workbench.call<"chats.search">>> = await workbench.call("chats.search", {
      query,
      cursor,
    });
    for (const { chat, snippet } of page.hits) if (!hits.has(chat.id)) hits.set(chat.id, { ...chat, snippet });
    if (page.next === null) return [...hits.values()];
    cursor = page.next;
  }
}
