import { FolderPlus } from "lucide-react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useChatFolders } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PlacedMenu, type PlacedMenuProps } from "./PlacedMenu.tsx";

export interface MoveMenuProps extends Pick<PlacedMenuProps, "place" | "onClose" | "finalFocus"> {
  /** The chats that are moved. */
  chats: readonly ChatSummary[];
  /** Null: into no folder. */
  onMove: (folderId: string | null) => void;
  onMoveToNew: () => void;
}

/** No folder has this id. */
const none = "none";

/** Asks which folder chats are moved into. The one that all of them are in has a tick. */
export function MoveMenu({ place, chats, onClose, finalFocus, onMove, onMoveToNew }: MoveMenuProps) {
  const say = useSay("chats");
  const folders = useChatFolders((state) => state.folders);
  const [first] = chats;
  const isSame = chats.every(({ folderId }) => folderId === first?.folderId);
  const options = [
    { value: none, label: say("folders.none") },
    ...folders.map(({ id, name }) => ({ value: id, label: <bdi>{name === "" ? say("untitled") : name}</bdi> })),
  ];
  return (
    <PlacedMenu
      place={place}
      label={say("folders.moveTo")}
      className="menu move-menu scroll"
      onClose={onClose}
      finalFocus={finalFocus}
    >
      <MenuChoices
        value={isSame ? (first?.folderId ?? none) : null}
        options={options}
        onChange={(value) => onMove(value === none ? null : value)}
      />
      <MenuLine />
      <MenuRow icon={<FolderPlus size={16} aria-hidden />} onClick={onMoveToNew}>
        {say("folders.new")}
      </MenuRow>
    </PlacedMenu>
  );
}
