import type { ChatSummary } from "../../contract/chats.ts";
import type { ListedPart } from "./ChatTable.ts";
import type { Workbench } from "../workbench.ts";

/** Returns all chats, or those that `part` names, page by page: temporary ones too. */
export async function allChats(
  workbench: Pick<Workbench, "call">,
  part: Pick<ListedPart, "archived" | "folderId"> = {},
): Promise<ChatSummary[]> {
  const list: ChatSummary[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { chats: ChatSummary[]; next: string | null } = await workbench.call("chats.list", {
      ...part,
      cursor,
    });
    list.push(...page.chats);
    if (page.next === null) return list;
    cursor = page.next;
  }
}
