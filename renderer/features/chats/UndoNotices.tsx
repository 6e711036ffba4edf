import type { FolderChange } from "../../stores/chatFolders.ts";
import type { Deletion } from "../../stores/chatList.ts";
import { Notice } from "../../parts/Notice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useChatFolders, useChatList } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { BackupNote } from "./BackupNote.tsx";
import { focusComposer } from "./focusComposer.ts";

/** A deleted chat can be restored for as long as its notice is shown. */
export function UndoNotices() {
  const deletions = useChatList((state) => state.deletions);
  const changes = useChatFolders((state) => state.changes);
  return (
    <output className="notice-list">
      {deletions.map((deletion) => (
        <UndoNotice key={deletion.chatIds.join()} deletion={deletion} />
      ))}
      {changes.map((change) => (
        <ChangeUndo key={keyOf(change)} change={change} />
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

const keyOf = (change: FolderChange): string =>
  change.kind === "deleted" ? change.folder.id : `${change.kind} ${change.chatIds.join()}`;

/** What was archived or taken from the archive, or a folder that was deleted. */
function ChangeUndo({ change }: { change: FolderChange }) {
  const say = useSay("chats");
  const { undo, dismiss } = useChatFolders((state) => state);
  const leave = (act: (change: FolderChange) => unknown): void => {
    if (document.activeElement?.closest(".notice")) focusComposer();
    void act(change);
  };
  return (
    <Notice action={{ label: say("list.undo"), onClick: () => leave(undo) }} onDismiss={() => leave(dismiss)}>
      {change.kind === "deleted" ? (
        <Sentence
          text={say("folders.deleted", { name: slot("name") })}
          slots={{ name: <bdi>{change.folder.name === "" ? say("untitled") : change.folder.name}</bdi> }}
        />
      ) : (
        say(`folders.${change.kind}Chats`, { count: change.chatIds.length })
      )}
    </Notice>
  );
}
