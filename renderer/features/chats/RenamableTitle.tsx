import { useState } from "react";
import type { Chat } from "../../../electron/contract/chats.ts";
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
