import type { Chat } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useAction } from "../../app/useAction.ts";
import { useChatList } from "../../stores/useStores.ts";

export interface OpenChatActions {
  /** Null: none is shown. */
  openChat: Chat | null;
  /** Whether it has a row in the list, where its title can be changed. */
  isListed: boolean;
  onRename: (chatId: string) => void;
  onDelete: (chatId: string) => void;
  onMove: (chat: Chat) => void;
  onArchive: (chatId: string, archived: boolean) => void;
}

/** Offers what can be done with the open chat, to the menu and the command palette. */
export function useOpenChatActions(options: OpenChatActions): void {
  const { openChat, isListed, onRename, onDelete, onMove, onArchive } = options;
  const pin = useChatList((state) => state.pin);
  const isKept = openChat !== null && !isTemporary(openChat.id);
  const archived = openChat?.archived === true;
  useAction("renameChat", () => openChat && onRename(openChat.id), isListed);
  useAction("deleteChat", () => openChat && onDelete(openChat.id), isListed);
  useAction("pinChat", () => openChat && void pin([openChat.id], true), isKept && !openChat.pinned);
  useAction("unpinChat", () => openChat && void pin([openChat.id], false), isKept && openChat.pinned);
  useAction("moveChat", () => openChat && onMove(openChat), isKept);
  useAction("archiveChat", () => openChat && onArchive(openChat.id, true), isKept && !archived);
  useAction("unarchiveChat", () => openChat && onArchive(openChat.id, false), isKept && archived);
}
