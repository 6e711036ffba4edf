import { useId, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { EarlierSummary } from "../../../electron/contract/earlierSummary.ts";
import { mostSummaryChars } from "../../../electron/contract/longChats.ts";
import { useContextRoom } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { PlainText } from "./PlainText.tsx";
import { ReplyPlace } from "./ReplyPlace.tsx";
import "./summaryLine.css";

export interface SummaryLineProps {
  message: Message;
  summary: EarlierSummary;
  /**
   * Whether the model reads it: no later summary stands for these messages too, and they are not left out altogether. Null
   * if that is not known, because the end of the chat has not been read.
   */
  isRead: boolean | null;
  canChange: boolean;
}

/** Marks in the chat that the model reads a summary in place of the messages above. It opens to be read and changed. */
export function SummaryLine({ message, summary, isRead, canChange }: SummaryLineProps) {
  const say = useSay("chats");
  const bodyId = useId();
  const [isOpen, setOpen] = useState(false);
  /** What was typed, also while it is hidden; null unless it is being changed. */
  const [typed, setTyped] = useState<string | null>(null);
  const words = isRead === null ? say("summary.above") : say(isRead ? "summary.stands" : "summary.earlier");
  return (
    <section className="summary" aria-label={words}>
      <div className="left-out-line">
        <span>{words}</span>
        <button
          type="button"
          className="text-button"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setOpen(!isOpen)}
        >
          {say(isOpen ? "summary.hide" : "summary.show")}
        </button>
      </div>
      <div id={bodyId} hidden={!isOpen}>
        {(isOpen || typed !== null) && (
          <SummaryText
            messageId={message.id}
            summary={summary}
            isRead={isRead}
            canChange={canChange}
            typed={typed}
            setTyped={setTyped}
          />
        )}
      </div>
    </section>
  );
}

interface SummaryTextProps extends Omit<SummaryLineProps, "message"> {
  messageId: string;
  typed: string | null;
  setTyped: (typed: string | null) => void;
}

function SummaryText({ messageId, summary, isRead, canChange, typed, setTyped }: SummaryTextProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const editSummary = useContextRoom((state) => state.editSummary);
  const { text, model, createdAt, edited } = summary;
  // As exports say it.
  const name = model.name || "R1";
  const save = async (): Promise<void> => {
    if (typed !== null && (await editSummary(messageId, typed))) setTyped(null);
  };
  return (
    <div className="summary-body">
      <p className="quiet small">
        <bdi>{say(edited ? "summary.byEdited" : "summary.by", { model: name })}</bdi> · {figures.dayAndTime(createdAt)}
        {model.server && (
          <>
            {" · "}
            <ReplyPlace place={model.server} />
          </>
        )}
      </p>
      {typed === null ? (
        <div className="plain-text" dir="auto">
          <PlainText text={text} />
        </div>
      ) : (
        <textarea
          dir="auto"
          rows={8}
          aria-label={say("summary.editField")}
          value={typed}
          maxLength={mostSummaryChars}
          // It was opened to be filled in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            // What was typed is given up only with the button.
            if (typed === text) setTyped(null);
          }}
        />
      )}
      <div className="summary-actions">
        {typed === null ? (
          <>
            <CopyTextButton label={say("actions.copy")} text={() => text} />
            <button type="button" className="text-button" disabled={!canChange} onClick={() => setTyped(text)}>
              {say("summary.edit")}
            </button>
            <button
              type="button"
              className="text-button"
              disabled={!canChange}
              onClick={() => void editSummary(messageId, null)}
            >
              {say(isRead === true ? "summary.remove" : "summary.removeThis")}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              className="button"
              disabled={!canChange || typed.trim() === ""}
              onClick={() => void save()}
            >
              {say("presets.save")}
            </button>
            <button type="button" className="button" onClick={() => setTyped(null)}>
              {say("shell:cancel")}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
