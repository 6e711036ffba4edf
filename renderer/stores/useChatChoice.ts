import type { Chat } from "../../electron/contract/chats.ts";
import type { NewChat } from "./composer.ts";
import { useComposer, useConversation } from "./useStores.ts";

/** Returns the choice for the open chat, or for the next new chat; null while the open chat has not been read. */
export function useChatChoice<Choice>(
  ofChat: (chat: Chat) => Choice,
  ofNew: (begin: NewChat) => Choice,
): Choice | null {
  const isNew = useConversation(({ openId }) => openId === null);
  const inChat = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? ofChat(conversation.value.chat) : null,
  );
  const inNew = useComposer(({ begin }) => ofNew(begin));
  return isNew ? inNew : inChat;
}
