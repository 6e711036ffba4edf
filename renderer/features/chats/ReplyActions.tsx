import { Check, Copy, Pencil, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { useComposer, useConversation, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { focusComposer } from "./focusComposer.ts";
import { VersionSwitch } from "./VersionSwitch.tsx";

export interface ReplyActionsProps {
  message: Message;
  /** Whether the reply is being written. The row then has no buttons but keeps its space, so that nothing moves. */
  isWriting: boolean;
  canChange: boolean;
}

export function ReplyActions({ message, isWriting, canChange }: ReplyActionsProps) {
  const say = useSay("chats");
  const regenerate = useConversation((state) => state.regenerate);
  const edit = useComposer((state) => state.edit);
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  const { parentId } = message;
  if (isWriting) return <div className="message-actions" aria-hidden="true" />;
  return (
    <div className="message-actions">
      <button
        type="button"
        className="quiet-button"
        title={say("actions.copyHint")}
        disabled={message.text.trim() === ""}
        onBlur={() => setCopied(false)}
        onClick={() => void copyText(shownAnswer(message.text)).then(setCopied)}
      >
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        {say(copied ? "copied" : "actions.copy")}
      </button>
      <button
        type="button"
        className="quiet-button"
        title={say("actions.regenerateHint")}
        disabled={!canChange}
        onClick={() => {
          focusComposer();
          void regenerate(message.id);
        }}
      >
        <RefreshCw size={16} aria-hidden />
        {say("actions.regenerate")}
      </button>
      {parentId !== null && (
        <button
          type="button"
          className="quiet-button"
          title={say("actions.editHint")}
          disabled={!canChange}
          onClick={() => void edit(parentId)}
        >
          <Pencil size={16} aria-hidden />
          {say("edit")}
        </button>
      )}
      <VersionSwitch version={message.version} />
    </div>
  );
}
