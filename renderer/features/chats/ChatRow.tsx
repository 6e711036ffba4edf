import { Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, memo, useState } from "react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { useChats } from "../../stores/useStores.ts";
import { untitled } from "./ChatTitle.tsx";
import { RenameField } from "./RenameField.tsx";

export const ChatRow = memo(function ChatRow({ chat, isOpen }: { chat: ChatSummary; isOpen: boolean }) {
  const rename = useChats((state) => state.rename);
  const remove = useChats((state) => state.remove);
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    return (
      <RenameField
        title={chat.title}
        onDone={(title) => {
          setRenaming(false);
          if (title !== null) void rename(chat.id, title);
        }}
      />
    );
  }
  const title = chat.title === "" ? untitled : chat.title;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "F2") setRenaming(true);
    else if (event.key === "Delete") void remove(chat.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className="chat-row" data-open={isOpen}>
      <a
        href={`#/chat/${encodeURIComponent(chat.id)}`}
        className="chat-link"
        aria-current={isOpen ? "page" : undefined}
        title={title}
        draggable={false}
        onKeyDown={onKeyDown}
      >
        <bdi>{title}</bdi>
        {chat.runId !== null && (
          <span className="running-mark">
            <span className="visually-hidden">, being written</span>
          </span>
        )}
      </a>
      <button
        type="button"
        className="icon-button on-hover"
        aria-label="Rename chat"
        title="Rename (F2)"
        onClick={() => setRenaming(true)}
      >
        <Pencil size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button on-hover"
        aria-label="Delete chat"
        title="Delete (Del)"
        onClick={() => void remove(chat.id)}
      >
        <Trash2 size={16} aria-hidden />
      </button>
    </div>
  );
});
