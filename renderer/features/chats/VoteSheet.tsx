import { type FormEvent, useState } from "react";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { Select } from "../../parts/Select.tsx";
import { SetupField } from "../../parts/SetupField.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useVotes } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import "./voteLine.css";

const offered = [2, 4, 7, 15, 31];

/** Asks how many more answers a question is to get, and says how long they will take. */
export function VoteSheet() {
  const { say, figures } = useTexts();
  const reply = useVotes((state) => state.asking);
  const ask = useVotes((state) => state.ask);
  const start = useVotes((state) => state.start);
  const [answers, setAnswers] = useState(4);
  if (reply === null) return null;
  const each = secondsOf(reply.stats);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start(reply.id, answers);
  };
  return (
    <SheetDialog title={say("chats:votes.title")} onClose={() => ask(null)}>
      <form className="vote-sheet-fields" onSubmit={submit}>
        <p>{say("chats:votes.about")}</p>
        <SetupField label={say("chats:votes.more")}>
          <Select value={answers} onChange={({ target }) => setAnswers(Number(target.value))}>
            {offered.map((count) => (
              <option key={count} value={count}>
                {figures.count(count)}
              </option>
            ))}
          </Select>
        </SetupField>
        <p className="hint">
          {each === null
            ? say("chats:votes.takesUnknown")
            : say("chats:votes.takes", { each: figures.roughly(each), all: figures.roughly(each * answers) })}
        </p>
        <button type="submit" className="button primary">
          {say("chats:votes.start")}
        </button>
      </form>
    </SheetDialog>
  );
}

/** Returns how long a reply took from its first token on: the prompt need not be read again. Null if not measured. */
function secondsOf(stats: ReplyStats | null): number | null {
  if (stats === null || stats.tokensPerSecond === null || stats.tokensPerSecond <= 0) return null;
  return (stats.thoughtTokens + stats.answerTokens) / stats.tokensPerSecond;
}
