import { useId, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { EarlierSummary } from "../../../electron/contract/earlierSummary.ts";
import { mostSummaryChars } from "../../../electron/contract/longChats.ts";
import { useContextRoom } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { CopyTextButton } from "./CopyTextButton.tsx";
import { PlainText } from "./PlainText.tsx";
import "./summaryLine.css";

export interface SummaryLineProps {
  message: Message;
  summary: EarlierSummary;
  /** Whether the model reads it: no later summary stands for these messages too, and they are not left out altogether. */
  isRead: boolean;
  canChange: boolean;
}

/** Marks in the chat that the model reads a summary in place of the messages above. It opens to be read and changed. */
export function SummaryLine({ message, summary, isRead, canChange }: SummaryLineProps) {
  const say = useSay("chats");
  const bodyId = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="summary" aria-label={say(isRead ? "summary.stands" : "summary.earlier")}>
      <div className="left-out-line">
        <span>{say(isRead ? "summary.stands" : "summary.earlier")}</span>
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
        {isOpen && <SummaryText messageId={message.id} summary={summary} canChange={canChange} />}
      </div>
    </section>
  );
}

interface SummaryTextProps {
  messageId: string;
  summary: EarlierSummary;
  canChange: boolean;
}

function SummaryText({ messageId, summary, canChange }: SummaryTextProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const editSummary = useContextRoom((state) => state.editSummary);
  /** What was typed; null unless it is being changed. */
  const [typed, setTyped] = useState<string | null>(null);
  const { text, model, createdAt, edited } = summary;
  const name = model.name === "" ? say("reply") : model.name;
  const save = async (): Promise<void> => {
    if (typed !== null && (await editSummary(messageId, typed))) setTyped(null);
  };
  return (
    <div className="summary-body">
      <p className="quiet small">
        <bdi>{say(edited ? "summary.byEdited" : "summary.by", { model: name })}</bdi> · {figures.dayAndTime(createdAt)}
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
            setTyped(null);
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
              {say("summary.remove")}
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
