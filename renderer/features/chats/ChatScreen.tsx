import { MessageCircleDashed } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useComparisons, useComposer, useConversation, useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { windowKind } from "../../app/windowKind.ts";
import { AskAgainSheet } from "./AskAgainSheet.tsx";
import { BranchSheet } from "./BranchSheet.tsx";
import { ChatSettings } from "./ChatSettings.tsx";
import { ChatTitle } from "./ChatTitle.tsx";
import { CompareSheet } from "./CompareSheet.tsx";
import { Composer } from "./Composer.tsx";
import { DeletedReplies } from "./DeletedReplies.tsx";
import { DocumentSheet } from "./DocumentSheet.tsx";
import { EmptyChat } from "./EmptyChat.tsx";
import { FindBar } from "./FindBar.tsx";
import { KeepChat } from "./KeepChat.tsx";
import { copyWithFormulas } from "./markdown/copyWithFormulas.ts";
import { MessageList, type MessageListProps } from "./MessageList.tsx";
import { PlainConversation } from "./PlainConversation.tsx";
import { PresetSheet } from "./PresetSheet.tsx";
import { PromptSheet } from "./PromptSheet.tsx";
import { SideBySide } from "./SideBySide.tsx";
import { RenamableTitle } from "./RenamableTitle.tsx";
import { ReplyViews } from "./ReplyViews.tsx";

/** Parts of other features, passed in by the app, since features do not import each other. */
export interface ChatScreenProps {
  modelPicker: ReactNode;
  modelNotice: ReactNode;
  /** Begins a temporary chat. */
  onTemporary: () => void;
  /** The model to get for this machine. */
  recommended: ReactNode;
  /** Shown above the composer if there are any. */
  notices: ReactNode;
}

export function ChatScreen({ modelPicker, modelNotice, onTemporary, recommended, notices }: ChatScreenProps) {
  const say = useSay("shell");
  const { composer, conversation: store } = useStores();
  const conversation = useConversation((state) => state.conversation);
  const openId = useConversation((state) => state.openId);
  const found = useConversation((state) => state.found);
  const visits = useConversation((state) => state.visits);
  const compared = useComparisons(({ shown }) => (shown?.chatId === openId ? shown : null));
  const composerKey = useComposer((state) => state.composerKey);

  useEffect(() => {
    const flush = (): void => composer.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [composer]);
  useEffect(() => {
    document.addEventListener("copy", copyWithFormulas);
    return () => document.removeEventListener("copy", copyWithFormulas);
  }, []);

  const ready = conversation?.state === "ready" ? conversation.value : null;
  return (
    <main className="chat-screen" aria-label={say("screens.chat")} aria-busy={conversation?.state === "loading"}>
      <header className="screen-header">
        {conversation === null && <h1 className="screen-title">{say("chats:new")}</h1>}
        {ready && (windowKind() === "chat" ? <RenamableTitle chat={ready.chat} /> : <ChatTitle chat={ready.chat} />)}
        {ready && ready.chat.title !== "" && isTemporary(ready.chat.id) && (
          <span className="badge" title={say("chats:temporary.hint")}>
            {say("chats:temporary.badge")}
          </span>
        )}
        {ready && isTemporary(ready.chat.id) && <KeepChat chat={ready.chat} />}
        <span className="grow" />
        {ready && compared === null && <FindBar />}
        {openId === null && windowKind() === "main" && (
          <IconButton
            label={say("chats:temporary.begin")}
            tip={`${say("chats:temporary.begin")}: ${say("chats:temporary.hint")}`}
            onClick={onTemporary}
          >
            <MessageCircleDashed size={16} aria-hidden />
          </IconButton>
        )}
        <ChatSettings key={openId} />
        {modelPicker}
      </header>
      {modelNotice}
      {ready?.chat.problem && (
        <div className="banner">
          <ProblemNotice problem={ready.chat.problem} />
        </div>
      )}
      {ready && compared !== null ? (
        <SideBySide key={compared.parentId} shown={compared} />
      ) : ready && ready.messages.length + (ready.chat.runId === null ? 0 : 1) > 0 ? (
        <Shown
          // Also where the same place is opened again. The composer's key is a number too, and must not be the same.
          key={found === null ? ready.chat.id : `visit ${visits}`}
          conversation={ready}
          found={found}
        />
      ) : (
        <div className="conversation conversation-scroll">
          {conversation === null || ready ? <EmptyChat recommended={recommended} /> : null}
          {conversation?.state === "failed" && (
            <div className="page-notice">
              <ProblemNotice problem={conversation.problem}>
                <button type="button" className="button" onClick={() => void store.getState().reload()}>
                  {say("tryAgain")}
                </button>
              </ProblemNotice>
            </div>
          )}
        </div>
      )}
      <div className="notices">
        <DeletedReplies />
      </div>
      {notices}
      {/* Also while the chat is being read: what is typed by then follows the draft that comes with it. */}
      {conversation?.state !== "failed" && <Composer key={composerKey} />}
      <BranchSheet />
      <PresetSheet />
      <PromptSheet />
      <AskAgainSheet />
      <CompareSheet />
      <DocumentSheet />
      <ReplyViews />
    </main>
  );
}

function Shown({ conversation, found }: MessageListProps) {
  return conversation.chat.isPlain ? (
    <PlainConversation conversation={conversation} />
  ) : (
    <MessageList conversation={conversation} found={found} />
  );
}
