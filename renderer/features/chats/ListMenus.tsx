import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useChatFolders, useDocumentFolders } from "../../stores/useStores.ts";
import { ChatMenu } from "./ChatMenu.tsx";
import { FolderMenu } from "./FolderMenu.tsx";
import { keptChats } from "./keptChats.ts";
import { MoveMenu } from "./MoveMenu.tsx";
import { partKey } from "./listRows.ts";
import type { MenuPlace } from "./PlacedMenu.tsx";

/** The open menu: that of a row, or the folders that chats can be moved to. */
export type OpenMenu =
  | { kind: "row"; key: string; place: MenuPlace }
  | { kind: "move"; chats: readonly ChatSummary[]; place: MenuPlace };

export interface ListMenusProps {
  /** Null: none is open. */
  menu: OpenMenu | null;
  /** The chats of the list, of which the menu of a row is for these: */
  chats: readonly ChatSummary[];
  meant: readonly string[];
  /** The folder that the menu of a row is for, or null. */
  folderId: string | null;
  /** What gets the focus when a menu closes. */
  finalFocus: () => HTMLElement | null;
  /** Opens the menu of folders. */
  onMove: (chats: readonly ChatSummary[], place: MenuPlace) => void;
  /** Closes this menu, unless another one is open by then. */
  onClose: (menu: OpenMenu | null) => void;
  onRename: (key: string) => void;
  onPin: (pinned: boolean) => void;
  onArchive: (chatIds: readonly string[], archived: boolean) => void;
  onExport: (chatIds: string[]) => void;
  onDelete: (chatIds: readonly string[]) => void;
  onDeleteFolder: (folderId: string) => void;
  onMoveToNew: (chatIds: readonly string[]) => void;
}

/** The menus of the list of chats. One is open at most. */
export function ListMenus(props: ListMenusProps) {
  const { menu, chats, meant, folderId, finalFocus, onMove, onClose, onRename, onPin, onArchive, onExport, onDelete } =
    props;
  const { onDeleteFolder, onMoveToNew } = props;
  const move = useChatFolders((state) => state.move);
  const showDocuments = useDocumentFolders((state) => state.show);
  const place = menu?.kind === "row" ? menu.place : null;
  const moved = menu?.kind === "move" ? menu : null;
  const movedIds = moved?.chats.map(({ id }) => id) ?? [];
  const meantChats = chats.filter(({ id }) => meant.includes(id));
  const isAnyTemporary = meant.some(isTemporary);
  const close = (): void => onClose(menu);
  return (
    <>
      <ChatMenu
        place={folderId === null ? place : null}
        chats={meantChats}
        onClose={close}
        finalFocus={finalFocus}
        onRename={onRename}
        onPin={onPin}
        onMove={isAnyTemporary || place === null ? null : () => onMove(meantChats, place)}
        onArchive={isAnyTemporary ? null : (archived) => onArchive(meant, archived)}
        onExport={keptChats(meant).length === 0 ? null : () => onExport(keptChats(meant))}
        onDelete={() => onDelete(meant)}
      />
      <FolderMenu
        place={folderId === null ? null : place}
        onClose={close}
        finalFocus={finalFocus}
        onRename={() => folderId !== null && onRename(partKey(folderId))}
        onDocuments={() => showDocuments(folderId)}
        onDelete={() => folderId !== null && onDeleteFolder(folderId)}
      />
      <MoveMenu
        place={moved?.place ?? null}
        chats={moved?.chats ?? []}
        onClose={close}
        finalFocus={finalFocus}
        onMove={(to) => void move(movedIds, to)}
        onMoveToNew={() => onMoveToNew(movedIds)}
      />
    </>
  );
}
