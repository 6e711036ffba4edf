import { ArrowLeft } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Comparison, ComparisonRun } from "../../../electron/contract/comparisons.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import type { ComparedReply } from "../../stores/comparisons.ts";
import { useComparisons, useConversation } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { AnswerColumn } from "./AnswerColumn.tsx";
import { countedAnswers } from "./countedAnswers.ts";
import { CutActions } from "./CutActions.tsx";
import { cutComparisonText } from "./cutComparisonText.ts";
import { focusComposer } from "./focusComposer.ts";
import { ResultText } from "./ResultText.tsx";
import "./comparison.css";

/** The answers of several models to one question, side by side in place of the chat. */
export function SideBySide({ shown }: { shown: ComparedReply }) {
  const { parentId } = shown;
  const { say } = useTexts();
  const comparison = useComparisons((state) => (parentId === null ? undefined : state.comparisons[parentId]));
  const hide = useComparisons((state) => state.hide);
  const question = useConversation(({ conversation }) =>
    conversation?.state === "ready"
      ? conversation.value.messages.find(({ id }) => id === parentId)?.text.trim()
      : undefined,
  );
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    page.current?.focus();
    return focusComposer;
  }, []);
  const run = comparison?.run ?? null;
  return (
    <section className="comparison" aria-label={say("chats:comparison.label")} ref={page} tabIndex={-1}>
      <header className="comparison-head">
        <button type="button" className="text-button" onClick={hide}>
          <ArrowLeft size={16} aria-hidden />
          {say("chats:comparison.back")}
        </button>
        <bdi className="clip quiet" title={question}>
          {question}
        </bdi>
      </header>
      {comparison !== undefined && (
        <div className="comparison-scroll">
          <Agreement comparison={comparison} shown={shown} />
          {run?.problem && <ProblemNotice problem={run.problem} />}
          <div className="comparison-columns">
            {comparison.answers.map((answer) => (
              <AnswerColumn key={answer.model.id} answer={answer} run={run} />
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

/** Returns how the comparison ended. */
function endOf(texts: Texts, run: ComparisonRun | null): string | null {
  if (run === null || run.state === "running") return null;
  return run.state === "cut" ? cutComparisonText(texts, run) : texts.say(`chats:comparison.ended.${run.state}`);
}

/** Which model is answering, and then how many answers say the same. Screen readers are told of it. */
function Agreement({ comparison, shown }: { comparison: Comparison; shown: ComparedReply }) {
  const { votes, run, answers } = comparison;
  const texts = useTexts();
  const { say } = texts;
  const stop = useComparisons((state) => state.stop);
  const askRest = useComparisons((state) => state.askRest);
  const keep = useComparisons((state) => state.keep);
  const [first, ...others] = votes.groups;
  const all = countedAnswers(votes);
  const count = first?.messageIds.length ?? 0;
  const agree =
    count === 1 && others.length > 0
      ? say("chats:comparison.differ")
      : say("chats:votes.agree", { count, all, result: slot("result") });
  const isRunning = run?.state === "running";
  const number = answers.filter(({ messageId, problem }) => messageId !== null || problem !== null).length;
  const words = isRunning
    ? say("chats:comparison.progress", { number, count: answers.length })
    : joinSentences(texts, [endOf(texts, run), count > 0 && all > 1 ? agree : null]);
  return (
    <div className="comparison-agreement">
      <output>
        <Sentence text={words} slots={{ result: <ResultText text={first?.result ?? ""} /> }} />
      </output>
      {run?.state === "cut" && <CutActions onRest={() => void askRest(shown)} onKeep={() => void keep(shown.id)} />}
      {isRunning && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            focusComposer();
            void stop(run.chatId);
          }}
        >
          {say("chats:comparison.stop")}
        </button>
      )}
    </div>
  );
}
