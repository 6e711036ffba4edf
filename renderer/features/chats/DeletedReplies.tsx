import { Notice } from "../../parts/Notice.tsx";
import { useReplies } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { focusComposer } from "./focusComposer.ts";

/** A deleted reply can be restored for as long as its notice is shown. */
export function DeletedReplies() {
  const say = useSay("chats");
  const deletions = useReplies((state) => state.deletions);
  const undoRemove = useReplies((state) => state.undoRemove);
  const purge = useReplies((state) => state.purge);
  // The notice disappears, and the focus would be lost with it.
  const leave = (act: (deletionId: string) => Promise<void>, deletionId: string): void => {
    if (document.activeElement?.closest(".notice")) focusComposer();
    void act(deletionId);
  };
  return (
    <output className="notice-list">
      {deletions.map(({ deletionId, later }) => (
        <Notice
          key={deletionId}
          action={{ label: say("list.undo"), onClick: () => leave(undoRemove, deletionId) }}
          onDismiss={() => leave(purge, deletionId)}
        >
          {later === 0 ? say("deletedReply") : say("deletedReplyAndLater", { count: later })}
        </Notice>
      ))}
    </output>
  );
}
