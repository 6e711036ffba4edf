import { Pencil } from "lucide-react";
import { memo, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChatFind, useComposer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChangeButton } from "./ChangeButton.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { MessageDocuments } from "./MessageDocuments.tsx";
import { PlainText } from "./PlainText.tsx";
import { VersionSwitch } from "./VersionSwitch.tsx";

/** Longer messages are folded, because laying out a pasted book would take a second. */
const foldedChars = 3_000;

export const UserMessage = memo(function UserMessage({ message }: { message: Message }) {
  const say = useSay("chats");
  const edit = useComposer((state) => state.edit);
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
        <div className="user-actions">
          <VersionSwitch version={message.version} />
          <CopyButton className="on-hover" label={say("actions.copyMessage")} text={() => text} />
          <ChangeButton
            className="on-hover"
            label={say("edit")}
            tip={say("composer.editHint")}
            onClick={() => void edit(message.id)}
          >
            <Pencil size={16} aria-hidden />
          </ChangeButton>
        </div>
      </div>
      {message.problem && <ProblemNotice problem={message.problem} />}
    </article>
  );
});
