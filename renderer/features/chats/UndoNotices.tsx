import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { Deletion } from "../../stores/chatList.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useChatList } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { focusComposer } from "./focusComposer.ts";

/** How long a deleted chat can be restored here. The time stops while the pointer is over the notice. */
export const undoMs = 10_000;

export function UndoNotices() {
  const deletions = useChatList((state) => state.deletions);
  return (
    <output className="notice-list">
      {deletions.map((deletion) => (
        <UndoNotice key={deletion.chatId} deletion={deletion} />
      ))}
    </output>
  );
}

function UndoNotice({ deletion: { chatId, title } }: { deletion: Deletion }) {
  const say = useSay("chats");
  const undoRemove = useChatList((state) => state.undoRemove);
  const purge = useChatList((state) => state.purge);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => void purge(chatId), undoMs);
    return () => clearTimeout(timer);
  }, [isHeld, chatId, purge]);
  const hold = (): void => setHeld(true);
  const release = (): void => setHeld(false);
  // The notice disappears, and the focus would be lost with it.
  const leave = (act: (chatId: string) => Promise<void>): void => {
    focusComposer();
    void act(chatId);
  };
  return (
    <div className="notice" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <span className="notice-words">
        <Sentence
          text={say("list.deleted", { title: slot("title") })}
          slots={{ title: <bdi>{title === "" ? say("untitled") : title}</bdi> }}
        />
      </span>
      <button type="button" className="button" onClick={() => leave(undoRemove)}>
        {say("list.undo")}
      </button>
      <button type="button" className="icon-button" aria-label={say("shell:dismiss")} onClick={() => leave(purge)}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
