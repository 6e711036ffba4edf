import { Pin, PinOff } from "lucide-react";
import { memo, type MouseEvent } from "react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useSay } from "../../texts.ts";
import { MoreButton } from "./MoreButton.tsx";
import { plainResult } from "./plainResult.ts";
import { RenameField } from "./RenameField.tsx";

/** What the list does for its rows. All of them are told by their chat's id. */
export interface ChatRowActions {
  onClick: (event: MouseEvent, chatId: string) => void;
  onFocus: (chatId: string) => void;
  onPin: (chatId: string, pinned: boolean) => void;
  onMenu: (chatId: string, button: HTMLElement) => void;
  /** Null: the title does not change. */
  onRenamed: (chatId: string, title: string | null) => void;
}

export interface ChatRowProps {
  chat: ChatSummary;
  /** Whether it is below a folder or the archive. */
  isInPart: boolean;
  isOpen: boolean;
  isSelected: boolean;
  /** Whether Tab leads here. */
  isActive: boolean;
  isRenaming: boolean;
  isMenuOpen: boolean;
  actions: ChatRowActions;
}

/** A chat of the list. Its buttons are reached with the right arrow key, so that the list is one tab stop. */
export const ChatRow = memo(function ChatRow(props: ChatRowProps) {
  const { chat, isInPart, isOpen, isSelected, isActive, isRenaming, isMenuOpen, actions } = props;
  const say = useSay("chats");
  if (isRenaming) {
    return <RenameField title={chat.title} onDone={(title) => actions.onRenamed(chat.id, title)} />;
  }
  const title = chat.title === "" ? say("untitled") : chat.title;
  const result = chat.result === undefined ? null : plainResult(chat.result);
  return (
    <div
      className="chat-row"
      draggable={!isTemporary(chat.id)}
      data-part={isInPart}
      data-open={isOpen}
      data-selected={isSelected}
      data-menu={isMenuOpen}
    >
      <a
        href={`#/chat/${encodeURIComponent(chat.id)}`}
        className="chat-link"
        data-row={chat.id}
        data-chat={chat.id}
        aria-current={isOpen ? "page" : undefined}
        title={result === null ? title : `${title}\n${say("list.result")} ${result}`}
        tabIndex={isActive ? 0 : -1}
        draggable={false}
        onClick={(event) => actions.onClick(event, chat.id)}
        onFocus={() => actions.onFocus(chat.id)}
      >
        <bdi className="clip">{title}</bdi>
        {result !== null && result !== "" && (
          <span className="chat-result">
            <span className="visually-hidden">{say("list.result")}</span>
            <bdi className="clip">{result}</bdi>
          </span>
        )}
        {isInPart && chat.pinned && <Pin size={12} aria-label={say("list.pinned")} className="pinned-mark" />}
        {chat.runId !== null && (
          <span className="running-mark">
            <span className="visually-hidden">{say("list.writing")}</span>
          </span>
        )}
        {isSelected && <span className="visually-hidden">{say("list.selected")}</span>}
      </a>
      <span className="chat-actions">
        {!isTemporary(chat.id) && (
          <IconButton
            small
            tabIndex={-1}
            label={say(chat.pinned ? "list.unpin" : "list.pin")}
            onClick={() => actions.onPin(chat.id, !chat.pinned)}
          >
            {chat.pinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
          </IconButton>
        )}
        <MoreButton
          label={say("list.more")}
          isMenuOpen={isMenuOpen}
          onMenu={(button) => actions.onMenu(chat.id, button)}
        />
      </span>
    </div>
  );
});
