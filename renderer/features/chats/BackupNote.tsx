import { useEffect } from "react";
import { useBackups } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";

/** Until when backups may contain chats that were deleted, and a way to delete these too. */
export function BackupNote({ count, onDelete }: { count: number; onDelete: () => Promise<void> }) {
  const say = useSay("backups");
  const figures = useFigures();
  const list = useBackups((state) => state.list);
  const read = useBackups((state) => state.read);
  const deleteAll = useBackups((state) => state.deleteAll);
  useEffect(() => void read(), [read]);
  const goneBy = list.state === "ready" ? list.value.goneBy : null;
  if (goneBy === null) return null;
  return (
    <span className="backup-note quiet small">
      {say("mayContain", { count, day: figures.dayShort(goneBy) })}{" "}
      <button type="button" className="text-button" onClick={() => void onDelete().then(deleteAll)}>
        {say("deleteNow")}
      </button>
    </span>
  );
}
