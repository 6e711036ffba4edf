import type { Chat } from "../../../electron/contract/chats.ts";

export const untitled = "Untitled";

export function ChatTitle({ chat }: { chat: Chat }) {
  return (
    <h1 className="screen-title" dir="auto" title={chat.title}>
      {chat.title === "" ? untitled : chat.title}
    </h1>
  );
}
