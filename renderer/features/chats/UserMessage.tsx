import { memo, useState } from "react";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChatFind } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { MessageDocuments } from "./MessageDocuments.tsx";
import { PlainText } from "./PlainText.tsx";
import { UserActions, type UserActionsProps } from "./UserActions.tsx";

/** Longer messages are folded, because laying out a pasted book would take a second. */
const foldedChars = 3_000;

export const UserMessage = memo(function UserMessage({ message, canWait }: UserActionsProps) {
  const say = useSay("chats");
  const isFound = useChatFind(({ current }) => current?.messageId === message.id);
  const [showsAll, setShowsAll] = useState(isFound);
  const { text, attachments = [] } = message;
  if (isFound && !showsAll) setShowsAll(true);
  const isFolded = text.length > foldedChars && !showsAll;
  return (
    <article className="message user-message" data-message={message.id} aria-label={say("you")}>
      {attachments.length > 0 && <MessageDocuments attachments={attachments} />}
      <div className="user-line">
        <div className="user-words" dir="auto">
          <PlainText text={isFolded ? `${text.slice(0, foldedChars)}…` : text} />
          {isFolded && (
            <button type="button" className="text-button" onClick={() => setShowsAll(true)}>
              {say("conversation.showAll", { count: text.length })}
            </button>
          )}
        </div>
        <UserActions message={message} canWait={canWait} />
      </div>
      {message.problem && <ProblemNotice problem={message.problem} />}
    </article>
  );
});
