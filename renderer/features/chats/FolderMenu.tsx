import { Library, Pencil, Trash2 } from "lucide-react";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useSay } from "../../texts.ts";
import { PlacedMenu, type PlacedMenuProps } from "./PlacedMenu.tsx";

export interface FolderMenuProps extends Pick<PlacedMenuProps, "place" | "onClose" | "finalFocus"> {
  onRename: () => void;
  onDocuments: () => void;
  onDelete: () => void;
}

/** The menu of a folder of chats. */
export function FolderMenu({ place, onClose, finalFocus, onRename, onDocuments, onDelete }: FolderMenuProps) {
  const say = useSay("chats");
  return (
    <PlacedMenu place={place} label={say("folders.more")} onClose={onClose} finalFocus={finalFocus}>
      <MenuRow icon={<Pencil size={16} aria-hidden />} does="renameChat" onClick={onRename}>
        {say("folders.rename")}
      </MenuRow>
      <MenuRow icon={<Library size={16} aria-hidden />} onClick={onDocuments}>
        {say("folderDocuments.menu")}
      </MenuRow>
      <MenuLine />
      <MenuRow icon={<Trash2 size={16} aria-hidden />} does="deleteChat" isDanger onClick={onDelete}>
        {say("folders.delete")}
      </MenuRow>
    </PlacedMenu>
  );
}
