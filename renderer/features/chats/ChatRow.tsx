import { Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, memo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { useChatList } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { focusComposer } from "./focusComposer.ts";
import { RenameField } from "./RenameField.tsx";

export const ChatRow = memo(function ChatRow({ chat, isOpen }: { chat: ChatSummary; isOpen: boolean }) {
  const say = useSay("chats");
  const rename = useChatList((state) => state.rename);
  const remove = useChatList((state) => state.remove);
  const [isRenaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  if (isRenaming) {
    return (
      <RenameField
        title={chat.title}
        onDone={(title) => {
          // After a click elsewhere the focus has already moved.
          const wasInField = document.activeElement?.matches(".rename-field") === true;
          flushSync(() => setRenaming(false));
          if (wasInField) link.current?.focus();
          if (title !== null) void rename(chat.id, title);
        }}
      />
    );
  }
  const title = chat.title === "" ? say("untitled") : chat.title;
  // The row disappears, and the focus would be lost with it.
  const removeHere = (): void => {
    focusComposer();
    void remove([chat.id]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "F2") setRenaming(true);
    else if (event.key === "Delete") removeHere();
    else return;
    event.preventDefault();
  };
  return (
    <div className="chat-row" data-open={isOpen}>
      <a
        ref={link}
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
            <span className="visually-hidden">{say("list.writing")}</span>
          </span>
        )}
      </a>
      <button
        type="button"
        className="icon-button on-hover"
        aria-label={say("list.rename")}
        title={say("list.renameHint")}
        onClick={() => setRenaming(true)}
      >
        <Pencil size={16} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button on-hover"
        aria-label={say("list.delete")}
        title={say("list.deleteHint")}
        onClick={removeHere}
      >
        <Trash2 size={16} aria-hidden />
      </button>
    </div>
  );
});
