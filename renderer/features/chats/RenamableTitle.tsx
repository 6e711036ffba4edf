import { useEffect, useState } from "react";
import type { Chat } from "../../../electron/contract/chats.ts";
import { isAsking } from "../../app/isAsking.ts";
import { useAction } from "../../app/useAction.ts";
import { useChatList } from "../../stores/useStores.ts";
import { ChatTitle } from "./ChatTitle.tsx";
import { focusComposer } from "./focusComposer.ts";
import { RenameField } from "./RenameField.tsx";

/** The title of the open chat in the window of a single chat, which has no list in which it could be changed. */
export function RenamableTitle({ chat }: { chat: Chat }) {
  const rename = useChatList((state) => state.rename);
  const [isRenaming, setRenaming] = useState(false);
  useAction("renameChat", () => setRenaming(true));
  // The key is the list's, which is not here.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (event.key === "F2" && !hasModifier && !event.defaultPrevented && !isAsking()) setRenaming(true);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  if (!isRenaming) return <ChatTitle chat={chat} />;
  return (
    <RenameField
      title={chat.title}
      onDone={(title) => {
        // After a click elsewhere the focus has already moved.
        if (document.activeElement?.matches(".rename-field") === true) focusComposer();
        setRenaming(false);
        if (title !== null) void rename(chat.id, title);
      }}
    />
  );
}
