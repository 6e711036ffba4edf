import { useEffect, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import type { VoteRun, Votes } from "../../../electron/contract/votes.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useConversation, useVotes } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { countedAnswers } from "./countedAnswers.ts";
import { useChangeGate } from "./changeGate.ts";
import { CutActions } from "./CutActions.tsx";
import { focusComposer } from "./focusComposer.ts";
import { ResultText } from "./ResultText.tsx";
import "./voteLine.css";

/** Fewer versions of a reply are no vote, unless the question was asked several times. */
const leastAnswers = 3;

/** Under a reply of several: how many of them say the same, and what the others say. */
export function VoteLine({ message }: { message: Message }) {
  const say = useSay("chats");
  const { id, parentId, version, state, problem, model } = message;
  const votes = useVotes((all) => (parentId === null ? undefined : all.votes[parentId]));
  const run = useVotes((all) => (parentId === null ? undefined : all.runs[parentId]));
  const read = useVotes((all) => all.read);
  const askRest = useVotes((all) => all.askRest);
  const keep = useVotes((all) => all.keep);
  const isPart = model?.asked?.kind === "vote";
  const isWanted = version.count > 1 || isPart || run !== undefined;
  useEffect(() => {
    if (isWanted) void read({ id, parentId });
  }, [isWanted, read, id, parentId, version.count, state, isPart]);
  if (!isWanted || votes === undefined) return null;
  const isRunning = run?.state === "running";
  // Replies that were only written anew are no vote, unless they have results to compare.
  if (run === undefined && !(votes.hasAgreement && countedAnswers(votes) >= leastAnswers)) return null;
  return (
    <section className="vote-line" aria-label={say("votes.label")}>
      {isRunning && <Progress run={run} />}
      <Agreement votes={votes} run={run} shownId={id} isRunning={isRunning} />
      {run?.state === "cut" && (
        <p className="vote-cut">
          <CutActions onRest={() => void askRest(id)} onKeep={() => void keep(id)} />
        </p>
      )}
      {/* The answer that failed says so itself, if it is the one that is shown. */}
      {!isRunning && run?.problem && problem === null && <ProblemNotice problem={run.problem} />}
    </section>
  );
}

function Progress({ run: { chatId, done, wanted, secondsLeft } }: { run: VoteRun }) {
  const { say, figures } = useTexts();
  const stop = useVotes((state) => state.stop);
  return (
    <p className="vote-progress">
      <progress aria-label={say("chats:votes.progress")} value={done} max={wanted} />
      <span>
        {figures.joined([
          say("chats:votes.answer", { number: Math.min(done + 1, wanted), wanted }),
          secondsLeft === null ? null : say("chats:votes.left", { time: figures.roughly(secondsLeft) }),
        ])}
      </span>
      <button
        type="button"
        className="text-button"
        onClick={() => {
          focusComposer();
          void stop(chatId);
        }}
      >
        {say("chats:votes.stop")}
      </button>
    </p>
  );
}

interface AgreementProps {
  votes: Votes;
  run: VoteRun | undefined;
  shownId: string;
  isRunning: boolean;
}

function Agreement({ votes, run, shownId, isRunning }: AgreementProps) {
  const texts = useTexts();
  const { say } = texts;
  const [isOpen, setIsOpen] = useState(false);
  const all = countedAnswers(votes);
  const [first, ...others] = votes.groups;
  if (all === 0) return null;
  const ends = endOf(texts, run);
  const withoutResult = (
    <>
      {(["ungrouped", "unfinished"] as const).map((kind) => {
        const ids = votes[kind];
        if (ids.length === 0) return null;
        return (
          <li key={kind}>
            {say(kind === "ungrouped" ? "chats:votes.withoutResult" : "chats:votes.unfinished", { count: ids.length })}{" "}
            <ShowAnswers ids={ids} shownId={shownId} />
          </li>
        );
      })}
    </>
  );
  if (first === undefined)
    return (
      <>
        <p>{joinSentences(texts, [say("chats:votes.noResults", { count: all }), ends])}</p>
        {votes.unfinished.length > 0 && <ul className="vote-groups">{withoutResult}</ul>}
      </>
    );
  const isTie = others[0]?.messageIds.length === first.messageIds.length;
  const hasOthers = all > first.messageIds.length;
  return (
    <>
      <p>
        <Sentence
          text={joinSentences(texts, [
            say("chats:votes.agree", { count: first.messageIds.length, all, result: slot("result") }),
            isTie && !isRunning ? say("chats:votes.tie") : null,
            ends,
          ])}
          slots={{ result: <ResultText text={first.result} /> }}
        />{" "}
        {hasOthers && (
          <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {say("chats:votes.others", { count: all - first.messageIds.length })}
          </button>
        )}
      </p>
      {isOpen && (
        <ul className="vote-groups">
          {[first, ...others].map(({ result, messageIds }) => (
            <li key={messageIds[0]}>
              <Sentence
                text={say("chats:votes.group", { count: messageIds.length, result: slot("result") })}
                slots={{ result: <ResultText text={result} /> }}
              />{" "}
              <ShowAnswers ids={messageIds} shownId={shownId} />
            </li>
          ))}
          {withoutResult}
        </ul>
      )}
    </>
  );
}

/** Returns how the vote ended, if that is worth saying. */
function endOf({ say }: Texts, run: VoteRun | undefined): string | null {
  if (run === undefined || run.state === "running" || run.state === "complete") return null;
  if (run.state === "cut") return say("chats:votes.cut", { count: run.done, wanted: run.wanted });
  return say(`chats:votes.ended.${run.state}`);
}

/** Shows the answers of a group one after another: each press the next one. The one that is shown keeps as the reply. */
function ShowAnswers({ ids, shownId }: { ids: readonly string[]; shownId: string }) {
  const say = useSay("chats");
  const selectVersion = useConversation((state) => state.selectVersion);
  const at = ids.indexOf(shownId);
  const next = ids[(at + 1) % ids.length];
  const ref = useChangeGate(next === undefined);
  if (at >= 0 && ids.length === 1) return <span className="quiet">{say("votes.shown")}</span>;
  return (
    <button
      ref={ref}
      type="button"
      className="text-button"
      onClick={() => next !== undefined && void selectVersion(next)}
    >
      {say(at < 0 ? "votes.show" : "votes.showNext")}
    </button>
  );
}
