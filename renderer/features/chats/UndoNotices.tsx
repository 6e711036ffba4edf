import type { Deletion } from "../../stores/chatList.ts";
import { Notice } from "../../parts/Notice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useChatList } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { BackupNote } from "./BackupNote.tsx";
import { focusComposer } from "./focusComposer.ts";

/** A deleted chat can be restored for as long as its notice is shown. */
export function UndoNotices() {
  const deletions = useChatList((state) => state.deletions);
  return (
    <output className="notice-list">
      {deletions.map((deletion) => (
        <UndoNotice key={deletion.chatIds.join()} deletion={deletion} />
      ))}
    </output>
  );
}

function UndoNotice({ deletion }: { deletion: Deletion }) {
  const { chatIds, title } = deletion;
  const say = useSay("chats");
  const undoRemove = useChatList((state) => state.undoRemove);
  const purge = useChatList((state) => state.purge);
  // The notice disappears, and the focus would be lost with it.
  const leave = (act: (deletion: Deletion) => Promise<void>): void => {
    if (document.activeElement?.closest(".notice")) focusComposer();
    void act(deletion);
  };
  return (
    <Notice action={{ label: say("list.undo"), onClick: () => leave(undoRemove) }} onDismiss={() => leave(purge)}>
      {chatIds.length === 1 ? (
        <Sentence
          text={say("list.deleted", { title: slot("title") })}
          slots={{ title: <bdi>{title === "" ? say("untitled") : title}</bdi> }}
        />
      ) : (
        say("list.deletedMany", { count: chatIds.length })
      )}
      <BackupNote count={chatIds.length} onDelete={() => purge(deletion)} />
    </Notice>
  );
}
