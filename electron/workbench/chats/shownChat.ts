import type { Chat } from "../../contract/chats.ts";
import type { Runs } from "../runs/Runs.ts";
import type { StoredChat } from "./ChatTable.ts";
import type { PlainChats } from "./PlainChats.ts";

/** Returns a stored chat with what is known of it only while the app runs. */
export function shownChat(
  chat: StoredChat,
  { runs, plainChats }: { runs: Pick<Runs, "runIn">; plainChats: Pick<PlainChats, "isPlain"> },
): Chat {
  return { ...chat, runId: runs.runIn(chat.id), isPlain: plainChats.isPlain(chat.id) };
}
