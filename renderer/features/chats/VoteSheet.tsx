import { type FormEvent, useRef, useState } from "react";
import { Select } from "../../parts/Select.tsx";
import { SetupField } from "../../parts/SetupField.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useTexts } from "../../texts.ts";
import { composerField } from "./focusComposer.ts";
import "./voteLine.css";

export interface VoteSheetProps {
  /** What is done with the question. */
  about: string;
  /** What the number of answers is called. */
  label: string;
  /** The numbers of answers to choose from, and the one that is chosen at first. */
  offered: readonly number[];
  usual: number;
  /** Returns how long so many answers will take, in words. */
  takes: (answers: number) => string;
  /** Why nothing can be asked now. */
  hindrance?: string | null;
  onAsk: (answers: number) => void;
  onClose: () => void;
}

/** Asks how many answers a question is to get, and says how long they will take. */
export function VoteSheet({ about, label, offered, usual, takes, hindrance = null, onAsk, onClose }: VoteSheetProps) {
  const { say, figures } = useTexts();
  const [answers, setAnswers] = useState(usual);
  const isAsked = useRef(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    isAsked.current = true;
    onAsk(answers);
  };
  return (
    // What opened it is gone or disabled once the question is being asked.
    <SheetDialog
      title={say("chats:votes.title")}
      finalFocus={() => !isAsked.current || composerField()}
      onClose={onClose}
    >
      <form className="vote-sheet-fields" onSubmit={submit}>
        <p>{about}</p>
        <SetupField label={label}>
          <Select value={answers} onChange={({ target }) => setAnswers(Number(target.value))}>
            {offered.map((count) => (
              <option key={count} value={count}>
                {figures.count(count)}
              </option>
            ))}
          </Select>
        </SetupField>
        <output className="hint">{hindrance ?? takes(answers)}</output>
        <button type="submit" className="button primary" disabled={hindrance !== null}>
          {say("chats:votes.start")}
        </button>
      </form>
    </SheetDialog>
  );
}
