import { Menu } from "@base-ui/react/menu";
import { Pencil, Trash2 } from "lucide-react";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useSay } from "../../texts.ts";
import type { MenuPlace } from "./ChatMenu.tsx";

export interface FolderMenuProps {
  /** Null: closed. */
  place: MenuPlace | null;
  onClose: () => void;
  /** What gets the focus when it closes. */
  finalFocus: () => HTMLElement | null;
  onRename: () => void;
  onDelete: () => void;
}

/** The menu of a folder of chats. */
export function FolderMenu({ place, onClose, finalFocus, onRename, onDelete }: FolderMenuProps) {
  const say = useSay("chats");
  return (
    <Menu.Root open={place !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Portal>
        <Menu.Positioner className="floating" anchor={place} align="start" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="menu" finalFocus={finalFocus} aria-label={say("folders.more")}>
            <MenuRow icon={<Pencil size={16} aria-hidden />} does="renameChat" onClick={onRename}>
              {say("folders.rename")}
            </MenuRow>
            <MenuLine />
            <MenuRow icon={<Trash2 size={16} aria-hidden />} does="deleteChat" isDanger onClick={onDelete}>
              {say("folders.delete")}
            </MenuRow>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
