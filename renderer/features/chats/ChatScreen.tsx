import { type ReactNode, useEffect } from "react";
import type { Conversation } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChats, useStores } from "../../stores/useStores.ts";
import { ChatTitle } from "./ChatTitle.tsx";
import { Composer } from "./Composer.tsx";
import { ContextGauge } from "./ContextGauge.tsx";
import { EmptyChat } from "./EmptyChat.tsx";
import { MessageList } from "./MessageList.tsx";
import { PlainConversation } from "./PlainConversation.tsx";
import { SystemPrompt } from "./SystemPrompt.tsx";

/** Parts of other features, handed in by the app, for features know nothing of each other. */
export interface ChatScreenProps {
  modelPicker: ReactNode;
  modelNotice: ReactNode;
  sidebarButton: ReactNode;
  /** Shown above the composer if there is anything to say. */
  notices: ReactNode;
}

export function ChatScreen({ modelPicker, modelNotice, sidebarButton, notices }: ChatScreenProps) {
  const { chats } = useStores();
  const conversation = useChats((state) => state.conversation);
  const composerKey = useChats((state) => state.composerKey);

  useEffect(() => {
    const flush = (): void => chats.drafts.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [chats]);

  const ready = conversation?.state === "ready" ? conversation.value : null;
  return (
    <main className="chat-screen" aria-label="Chat">
      <header className="screen-header">
        {sidebarButton}
        {ready ? <ChatTitle chat={ready.chat} /> : <span className="screen-title" />}
        <SystemPrompt />
        {modelPicker}
      </header>
      {modelNotice}
      {ready?.chat.problem && (
        <div className="banner">
          <ProblemNotice problem={ready.chat.problem} />
        </div>
      )}
      {ready && ready.messages.length + (ready.chat.runId === null ? 0 : 1) > 0 ? (
        <Shown key={ready.chat.id} conversation={ready} />
      ) : (
        <div className="conversation conversation-scroll">
          {conversation === null || ready ? <EmptyChat /> : null}
          {conversation?.state === "failed" && (
            <div className="page-notice">
              <ProblemNotice problem={conversation.problem}>
                <button type="button" className="button" onClick={() => void chats.getState().reload()}>
                  Try again
                </button>
              </ProblemNotice>
            </div>
          )}
        </div>
      )}
      {notices}
      {(conversation === null || ready) && (
        <Composer key={composerKey} keptDraft={ready?.chat.draft ?? ""} gauge={<ContextGauge />} />
      )}
    </main>
  );
}

function Shown({ conversation }: { conversation: Conversation }) {
  return conversation.chat.isPlain ? (
    <PlainConversation conversation={conversation} />
  ) : (
    <MessageList conversation={conversation} />
  );
}
