import type { LoadProgress as Progress } from "../../../electron/contract/models.ts";
import type { RunStage } from "../../../electron/contract/runs.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useChatList, useConversation, useModels } from "../../stores/useStores.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface StageLineProps {
  stage: RunStage;
  /** Null if not known. */
  modelName: string | null;
}

/** What a reply waits for before its first token. */
export function StageLine({ stage, modelName }: StageLineProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const stop = useConversation((state) => state.stop);
  const loading = useModels(({ loaded }) => (loaded.state === "loading" ? loaded : null));
  // What the queue waits for may be this model itself, which the window began to load when it opened.
  if (stage.stage === "queued" && loading !== null) {
    return <LoadingLine modelName={loading.name} progress={loading} onCancel={() => void stop()} />;
  }
  switch (stage.stage) {
    case "queued":
      return <QueuedLine />;
    case "loading":
      return <LoadingLine modelName={modelName} progress={stage} onCancel={() => void stop()} />;
    case "reading":
      return (
        <p className="reply-note stage">
          <LoadProgress label={say("stage.reading")} fraction={stage.readTokens / Math.max(1, stage.promptTokens)} />
          <span>
            {say("stage.readingTokens", { read: stage.readTokens, prompt: figures.tokens(stage.promptTokens) })}
            {stage.tokensPerSecond !== null && ` · ${figures.speed(stage.tokensPerSecond)}`}
          </span>
        </p>
      );
    case "summarizing":
      return (
        <p className="reply-note stage">
          <LoadProgress label={say("stage.summarizing")} fraction={(stage.part - 1) / stage.parts} />
          <span>{stage.parts === 1 ? say("stage.summarizing") : say("stage.summarizingPart", { ...stage })}</span>
        </p>
      );
    case "thinking":
    case "answering":
      return null;
  }
}

interface LoadingLineProps {
  modelName: string | null;
  progress: Progress;
  onCancel: () => void;
}

function LoadingLine({ modelName, progress: { fraction, isPreparing }, onCancel }: LoadingLineProps) {
  const say = useSay("chats");
  const figures = useFigures();
  return (
    <p className="reply-note stage">
      <LoadProgress label={say("stage.loading")} fraction={fraction} />
      <span>
        <Sentence
          text={say(isPreparing ? "stage.preparing" : "stage.loadingModel", {
            model: slot("model"),
            percent: figures.percent(fraction),
          })}
          slots={{ model: <bdi>{modelName ?? say("stage.theModel")}</bdi> }}
        />
      </span>
      <button type="button" className="text-button" onClick={onCancel}>
        {say("shell:cancel")}
      </button>
    </p>
  );
}

function QueuedLine() {
  const say = useSay("chats");
  // If the benchmark is itself waiting, it is not what delays this reply.
  const benchmark = useRunningBenchmark();
  const tuning = useRunningTuning();
  const openId = useConversation((state) => state.openId);
  const writesElsewhere = useChatList(({ list }) =>
    list.state === "ready" ? list.value.some(({ id, runId }) => runId !== null && id !== openId) : false,
  );
  const slots = { model: slot("model"), hardware: slot("hardware") };
  if (tuning?.state === "trying") {
    return <WaitingFor text={say("stage.forTuning", slots)} model={tuning.run.modelName} href="#/hardware/tune" />;
  }
  if (benchmark === null || benchmark.state === "queued") {
    return <p className="reply-note stage">{say(writesElsewhere ? "stage.forReply" : "stage.forEngine")}</p>;
  }
  return (
    <WaitingFor text={say("stage.forBenchmark", slots)} model={benchmark.run.modelName} href="#/hardware/benchmark" />
  );
}

function WaitingFor({ text, model, href }: { text: string; model: string; href: string }) {
  const say = useSay("shell");
  return (
    <p className="reply-note stage">
      <span>
        <Sentence
          text={text}
          slots={{ model: <bdi>{model}</bdi>, hardware: <a href={href}>{say("screens.hardware")}</a> }}
        />
      </span>
    </p>
  );
}
