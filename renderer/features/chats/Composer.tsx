import { ArrowUp, Square, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Draft } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useComposer, useConversation, useRuns, useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ThinkControl } from "./ThinkControl.tsx";

export interface ComposerProps {
  /** The draft of this chat that main has stored. */
  keptDraft: Draft;
  /** Shown beside the controls. */
  gauge: ReactNode;
}

/**
 * The text is kept only in the textarea. A keystroke updates no store and reads as little as possible, so that a pasted
 * megabyte of text costs one layout.
 */
export function Composer({ keptDraft, gauge }: ComposerProps) {
  const say = useSay("chats");
  const { composer, conversation } = useStores();
  const openId = useConversation((state) => state.openId);
  const editing = useComposer((state) => state.editing);
  const sending = useComposer((state) => state.sending);
  const problem = useComposer((state) => state.problem);
  const runsHere = useRuns(({ byChat }) => openId !== null && byChat[openId] !== undefined);
  const startsHere = useConversation(
    ({ conversation: shown }) => shown?.state === "ready" && shown.value.chat.runId !== null,
  );
  const isWriting = runsHere || startsHere;
  const field = useRef<HTMLTextAreaElement>(null);
  const [initial] = useState(() => {
    const { draft, pasted } = composer.drafts.peek(openId) ?? keptDraft;
    return editing?.text ?? [draft, ...pasted].filter(Boolean).join("\n\n");
  });
  const [isEmpty, setEmpty] = useState(initial === "");
  const [isWaiting, setWaiting] = useState(false);

  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  const onInput = ({ currentTarget }: FormEvent<HTMLTextAreaElement>): void => {
    setEmpty(currentTarget.textLength === 0);
    // Not through the ref: the draft may be saved after the field has left the page.
    if (!editing) composer.drafts.note(openId, () => ({ draft: currentTarget.value, pasted: [] }));
  };
  const send = async (): Promise<void> => {
    if (isWriting) {
      setWaiting(true);
      return;
    }
    const text = field.current?.value ?? "";
    if (text === "" || sending) return;
    // The pressed button turns into Stop, which the next Enter must not press.
    field.current?.focus();
    if (!(await composer.getState().send(text))) return;
    // What was typed while main committed the message becomes the next draft.
    if (field.current && field.current.value === text) {
      field.current.value = "";
      setEmpty(true);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // During composition, Enter accepts a candidate; Chromium reports the closing Enter with keyCode 229.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="composer">
      <div className="composer-column">
        {problem && (
          <ProblemNotice problem={problem} safe={say("composer.textSafe")}>
            <button
              type="button"
              className="icon-button"
              aria-label={say("shell:dismiss")}
              onClick={() => composer.getState().dismissProblem()}
            >
              <X size={16} aria-hidden />
            </button>
          </ProblemNotice>
        )}
        {editing && (
          <p className="composer-note">
            {say("composer.editing")}
            <button type="button" className="quiet-button" onClick={() => composer.getState().cancelEdit()}>
              {say("shell:cancel")}
            </button>
          </p>
        )}
        <textarea
          ref={field}
          className="composer-field"
          dir="auto"
          aria-label={say("composer.message")}
          placeholder={say("composer.message")}
          rows={1}
          defaultValue={initial}
          spellCheck={false}
          onInput={onInput}
          onKeyDown={onKeyDown}
          onBlur={() => composer.drafts.flush()}
        />
        <output className="composer-hint">{isWaiting && isWriting ? say("composer.waiting") : ""}</output>
        <div className="composer-controls">
          {gauge}
          <ThinkControl />
          {isWriting ? (
            <button type="button" className="button" onClick={() => void conversation.getState().stop()}>
              <Square size={16} fill="currentColor" strokeWidth={0} aria-hidden /> {say("stop")}
            </button>
          ) : (
            <button type="button" className="button primary" disabled={isEmpty || sending} onClick={() => void send()}>
              <ArrowUp size={16} aria-hidden /> {say("composer.send")}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
