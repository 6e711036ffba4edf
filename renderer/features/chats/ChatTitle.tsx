import type { Chat } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useSay } from "../../texts.ts";

export function ChatTitle({ chat }: { chat: Chat }) {
  const say = useSay("chats");
  return (
    <h1 className="screen-title" dir="auto" title={chat.title}>
      {chat.title !== "" ? chat.title : say(isTemporary(chat.id) ? "temporary.name" : "untitled")}
    </h1>
  );
}
