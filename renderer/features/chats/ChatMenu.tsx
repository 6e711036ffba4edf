import {
  Archive,
  ArchiveRestore,
  ExternalLink,
  FileOutput,
  FolderInput,
  Network,
  Pencil,
  Pin,
  PinOff,
  Trash2,
} from "lucide-react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { chatHash } from "../../app/route.ts";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PlacedMenu, type PlacedMenuProps } from "./PlacedMenu.tsx";

export interface ChatMenuProps extends Pick<PlacedMenuProps, "place" | "onClose" | "finalFocus"> {
  /** The chats that its commands are for; several are pinned and deleted together. */
  chats: readonly ChatSummary[];
  onRename: (chatId: string) => void;
  onPin: (pinned: boolean) => void;
  /** Null: some of them are temporary. */
  onMove: (() => void) | null;
  onArchive: ((archived: boolean) => void) | null;
  /** Null: none of them can be exported. */
  onExport: (() => void) | null;
  onDelete: () => void;
}

/** The menu of a row of the list, or of all selected rows. */
export function ChatMenu(props: ChatMenuProps) {
  const { place, chats, onClose, finalFocus, onRename, onPin, onMove, onArchive, onExport, onDelete } = props;
  const say = useSay("chats");
  const { branches, commands } = useStores();
  const [first] = chats;
  const isOne = chats.length === 1;
  const arePinned = chats.every(({ pinned }) => pinned);
  const areArchived = chats.every(({ archived }) => archived);
  return (
    <PlacedMenu place={place} label={say("list.more")} onClose={onClose} finalFocus={finalFocus}>
      {isOne && first && (
        <MenuRow
          icon={<ExternalLink size={16} aria-hidden />}
          onClick={() => void commands.getState().openChatWindow(first.id)}
        >
          {say("list.openInWindow")}
        </MenuRow>
      )}
      {isOne && first && (
        <MenuRow icon={<Pencil size={16} aria-hidden />} does="renameChat" onClick={() => onRename(first.id)}>
          {say("list.rename")}
        </MenuRow>
      )}
      {!chats.some(({ id }) => isTemporary(id)) && (
        <MenuRow
          icon={arePinned ? <PinOff size={16} aria-hidden /> : <Pin size={16} aria-hidden />}
          onClick={() => onPin(!arePinned)}
        >
          {say(arePinned ? "list.unpin" : "list.pin")}
        </MenuRow>
      )}
      {isOne && first && (
        <MenuRow
          icon={<Network size={16} aria-hidden />}
          onClick={() => {
            window.location.hash = chatHash(first.id);
            branches.getState().show(first.id);
          }}
        >
          {say("branches.show")}
        </MenuRow>
      )}
      {onMove && (
        <MenuRow icon={<FolderInput size={16} aria-hidden />} does="moveChat" onClick={onMove}>
          {say("folders.move")}
        </MenuRow>
      )}
      {onArchive && (
        <MenuRow
          icon={areArchived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
          onClick={() => onArchive(!areArchived)}
        >
          {say(areArchived ? "folders.unarchive" : "folders.archive")}
        </MenuRow>
      )}
      {onExport && (
        <MenuRow icon={<FileOutput size={16} aria-hidden />} onClick={onExport}>
          {say("exports:menu")}
        </MenuRow>
      )}
      <MenuLine />
      <MenuRow icon={<Trash2 size={16} aria-hidden />} does="deleteChat" isDanger onClick={onDelete}>
        {isOne ? say("list.delete") : say("list.deleteMany", { count: chats.length })}
      </MenuRow>
    </PlacedMenu>
  );
}
