import { Archive, ChevronRight, Folder, FolderOpen } from "lucide-react";
import type { ChatFolder } from "../../../electron/contract/chatFolders.ts";
import { mostFolderNameChars } from "../../../electron/contract/names.ts";
import { useChatFolders } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { MoreButton } from "./MoreButton.tsx";
import { RenameField } from "./RenameField.tsx";

export interface PartRowProps {
  rowKey: string;
  /** Null: the archive. */
  folder: ChatFolder | null;
  isOpen: boolean;
  /** Whether Tab leads here. */
  isActive: boolean;
  isRenaming: boolean;
  isMenuOpen: boolean;
  onToggle: () => void;
  onFocus: () => void;
  onMenu: (button: HTMLElement) => void;
  /** Null: the name does not change. */
  onRenamed: (name: string | null) => void;
}

/** The row of a folder, or of the archive. It shows or hides the chats below it. */
export function PartRow(props: PartRowProps) {
  const { rowKey, folder, isOpen, isActive, isRenaming, isMenuOpen, onToggle, onFocus, onMenu, onRenamed } = props;
  const say = useSay("chats");
  const figures = useFigures();
  const archived = useChatFolders((state) => state.archived);
  if (isRenaming && folder !== null)
    return <RenameField title={folder.name} maxChars={mostFolderNameChars} onDone={onRenamed} />;
  const name = folder === null ? say("folders.archived") : folder.name === "" ? say("untitled") : folder.name;
  const Icon = folder === null ? Archive : isOpen ? FolderOpen : Folder;
  return (
    <div className="chat-row part-row" data-menu={isMenuOpen}>
      <button
        type="button"
        className="chat-link"
        data-row={rowKey}
        aria-expanded={isOpen}
        title={name}
        tabIndex={isActive ? 0 : -1}
        onClick={onToggle}
        onFocus={onFocus}
      >
        <ChevronRight size={12} aria-hidden className="part-twist" />
        <Icon size={16} aria-hidden />
        <bdi className="clip">{name}</bdi>
        {folder === null && <span className="part-count">{figures.count(archived)}</span>}
      </button>
      {folder !== null && (
        <span className="chat-actions">
          <MoreButton label={say("folders.more")} isMenuOpen={isMenuOpen} onMenu={onMenu} />
        </span>
      )}
    </div>
  );
}
