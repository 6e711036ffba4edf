import { Archive, ArchiveRestore, FileOutput, FolderInput, Trash2, X } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";
import { useSay } from "../../texts.ts";

export interface SelectionBarProps {
  count: number;
  /** Whether all of them are archived. */
  areArchived: boolean;
  /** False: all of them are temporary, which are neither moved, archived nor exported. */
  canKeep: boolean;
  onMove: (button: HTMLElement) => void;
  onArchive: (archived: boolean) => void;
  onExport: () => void;
  onDelete: () => void;
  onClear: () => void;
}

/** What can be done with all selected chats at once. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, areArchived, canKeep, onMove, onArchive, onExport, onDelete, onClear } = props;
  const say = useSay("chats");
  const ArchiveIcon = areArchived ? ArchiveRestore : Archive;
  return (
    <div className="list-selection">
      <output>{say("list.selectedCount", { count })}</output>
      <div className="list-selection-actions">
        <IconButton
          small
          label={say("folders.move")}
          aria-haspopup="menu"
          disabled={!canKeep}
          onClick={({ currentTarget }) => onMove(currentTarget)}
        >
          <FolderInput size={16} aria-hidden />
        </IconButton>
        <IconButton
          small
          label={say(areArchived ? "folders.unarchive" : "folders.archive")}
          disabled={!canKeep}
          onClick={() => onArchive(!areArchived)}
        >
          <ArchiveIcon size={16} aria-hidden />
        </IconButton>
        <IconButton small label={say("exports:menu")} disabled={!canKeep} onClick={onExport}>
          <FileOutput size={16} aria-hidden />
        </IconButton>
        <IconButton small label={say("list.deleteSelected")} onClick={onDelete}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
        <IconButton small label={say("list.selectNone")} onClick={onClear}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
