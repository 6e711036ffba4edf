import type { ComparedAnswer, ComparisonRun } from "../../../electron/contract/comparisons.ts";
import type { Message, ReplyStats } from "../../../electron/contract/chats.ts";
import { finalResult } from "../../../electron/contract/finalResult.ts";
import type { LiveReply, RunStage } from "../../../electron/contract/runs.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import { Badge } from "../../parts/Badge.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import type { LiveRun } from "../../stores/runs.ts";
import { useComparisons, useComposer, useConversation, useModels, useRuns } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { endOfReply } from "./endOfReply.ts";
import { ReplyBody } from "./ReplyBody.tsx";
import { ReplyPlace } from "./ReplyPlace.tsx";
import { replyModelName } from "./replyModelName.ts";
import { ReplyNote } from "./ReplyNote.tsx";
import { ResultText } from "./ResultText.tsx";
import { writtenTokens } from "./writtenTokens.ts";

export interface AnswerColumnProps {
  answer: ComparedAnswer;
  /** The comparison that it is part of. Null if that was before the app started. */
  run: ComparisonRun | null;
}

/** One model's answer, with its figures above it. */
export function AnswerColumn({ answer: { model, messageId, loadMs, problem }, run: comparison }: AnswerColumnProps) {
  const texts = useTexts();
  const { say } = texts;
  const stored = useComparisons(({ messages }) => (messageId === null ? undefined : messages[messageId]));
  const run = useRuns(({ byChat }) => Object.values(byChat).find(({ runId }) => runId === messageId));
  const known = useModels(({ list }) =>
    list.state === "ready" ? list.value.find(({ id }) => id === model.id) : undefined,
  );
  const message = run?.message ?? stored;
  const isRunning = comparison?.state === "running";
  const isInChat = useConversation(
    ({ conversation }) =>
      conversation?.state === "ready" && conversation.value.messages.some(({ id }) => id === messageId),
  );
  const isWaiting = isRunning && problem === null;
  const name = replyModelName(model) ?? say("chats:speed.noModelName");
  const place = message?.model?.server ?? model.server;
  return (
    <article className="comparison-column" aria-label={name} aria-busy={run !== undefined}>
      <header className="comparison-model">
        <bdi className="clip" title={name}>
          {name}
        </bdi>
        {known !== undefined && known.quantization !== "unknown" && <Badge>{known.quantization}</Badge>}
        {place !== undefined && <ReplyPlace place={place} />}
      </header>
      <p className="comparison-state quiet">
        {message === undefined
          ? messageId === null && say(isWaiting ? "chats:comparison.waiting" : "chats:comparison.notAnswered")
          : texts.figures.joined([
              stateOf(texts, message, run?.stage),
              isInChat && run === undefined && !isRunning ? say("chats:comparison.inChat") : null,
            ])}
      </p>
      <Figures message={message} run={run} loadMs={loadMs} />
      <Keep message={message} isInChat={isInChat} isEnabled={!isRunning && run === undefined} />
      <div className="comparison-answer reply">
        {problem !== null && <ProblemNotice problem={problem} />}
        {message !== undefined && (
          <>
            <ReplyBody message={message} run={run} keepInPlace={(_mark, change) => change()} />
            {run === undefined && <Ending message={message} />}
          </>
        )}
      </div>
    </article>
  );
}

/** Returns what the model is doing, or how its answer ended. */
function stateOf({ say }: Texts, { state, stats }: Message, stage: RunStage | undefined): string {
  switch (stage?.stage) {
    case "queued":
      return say("chats:comparison.waiting");
    case "loading":
    case "reading":
    case "summarizing":
      return say(`chats:stage.${stage.stage}`);
    case "thinking":
      return say("chats:thought.running");
    case "answering":
      return say("chats:conversation.answering");
    case undefined:
      if (state === "streaming") return say("chats:conversation.answering");
      if (state === "failed") return say("chats:comparison.failed");
      if (state === "done") return say(`chats:speed.ended.${stats?.stopReason ?? "end"}`);
      if (state === "stopped") return say(`chats:speed.ended.${stats?.stopReason ?? "stopped"}`);
      return say("chats:speed.ended.interrupted");
  }
}

interface FiguresProps {
  message: Message | undefined;
  run: LiveRun | undefined;
  loadMs: number | null;
}

/** The same rows in each column, so that they stand side by side. */
function Figures({ message, run, loadMs }: FiguresProps) {
  const { say, figures } = useTexts();
  const measured = run?.live ?? message?.stats ?? null;
  const result = run === undefined && message?.state === "done" ? finalResult(message.text) : null;
  const time = (milliseconds: number | null): string | null =>
    milliseconds === null ? null : figures.seconds(milliseconds);
  const speed = measured?.tokensPerSecond ?? null;
  const written = measured === null ? 0 : writtenTokens(measured);
  const facts: [label: string, value: string | null][] = [
    [say("chats:speed.fact.writing"), speed === null ? null : figures.speed(speed)],
    [say("chats:comparison.first"), time(measured?.ttftMs ?? null)],
    [
      say("chats:speed.fact.thought"),
      measured === null || measured.thoughtTokens === 0 ? null : figures.tokens(measured.thoughtTokens),
    ],
    [say("chats:speed.fact.answer"), measured === null || written === 0 ? null : figures.tokens(measured.answerTokens)],
    [say("chats:comparison.answering"), measured === null ? null : time(totalMs(measured))],
    [say("chats:comparison.load"), time(loadMs)],
  ];
  return (
    <dl className="comparison-figures">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="figure">{value ?? "–"}</dd>
        </div>
      ))}
      <div>
        <dt>{say("chats:comparison.result")}</dt>
        <dd className="figure">{result === null ? "–" : <ResultText text={result.text} />}</dd>
      </div>
    </dl>
  );
}

/** Returns the time from the request to the last token, once the model is loaded. Null if it has not been measured. */
function totalMs(measured: LiveReply | ReplyStats): number | null {
  const { ttftMs, tokensPerSecond } = measured;
  const written = writtenTokens(measured);
  if (ttftMs === null || written === 0) return null;
  if ("elapsedMs" in measured) return ttftMs + measured.elapsedMs;
  return tokensPerSecond === null ? ttftMs : ttftMs + ((written - 1) / tokensPerSecond) * 1000;
}

interface KeepProps {
  message: Message | undefined;
  /** Whether it is the reply that the chat shows. */
  isInChat: boolean;
  isEnabled: boolean;
}

/** Makes this answer the reply of the chat, and with it, if wanted, the model that wrote it. */
function Keep({ message, isInChat, isEnabled }: KeepProps) {
  const { say } = useTexts();
  const hide = useComparisons((state) => state.hide);
  const selectVersion = useConversation((state) => state.selectVersion);
  const setModel = useComposer((state) => state.setModel);
  const use = useModels((state) => state.use);
  const modelId = useModels(({ list }) =>
    list.state === "ready" ? list.value.find(({ id }) => id === message?.model?.id)?.id : undefined,
  );
  const isWhole = message !== undefined && (message.text !== "" || message.thought !== null);
  const keep = async (): Promise<void> => {
    if (message === undefined) return;
    if (!isInChat) await selectVersion(message.id);
    hide();
  };
  const keepAndUse = async (id: string): Promise<void> => {
    await setModel(id);
    await keep();
    await use(id);
  };
  return (
    <div className="comparison-actions">
      <button type="button" className="button" disabled={!isEnabled || !isWhole} onClick={() => void keep()}>
        {say("chats:comparison.keep")}
      </button>
      <button
        type="button"
        className="text-button"
        disabled={!isEnabled || !isWhole || modelId === undefined}
        title={say("chats:comparison.keepAndUseHint")}
        onClick={() => modelId !== undefined && void keepAndUse(modelId)}
      >
        {say("chats:comparison.keepAndUse")}
      </button>
    </div>
  );
}

function Ending({ message }: { message: Message }) {
  const texts = useTexts();
  const { problem, stats } = message;
  if (problem !== null) return <ProblemNotice problem={problem} />;
  const end = stats?.stopReason === "context" ? texts.say("chats:contextFull.unknown") : endOfReply(texts, message);
  return end === null ? null : <ReplyNote isProblem={message.state === "interrupted"}>{end}</ReplyNote>;
}
