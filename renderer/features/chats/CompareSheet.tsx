import { type FormEvent, useEffect, useId, useState } from "react";
import { isFile, serverOf, writtenAt } from "../../../electron/contract/modelKinds.ts";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { Message } from "../../../electron/contract/chats.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { mostCompared } from "../../../electron/contract/mostCompared.ts";
import { Badge } from "../../parts/Badge.tsx";
import { ModelSpeed } from "../../parts/ModelSpeed.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useComparisons, useFit, useModels } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { writtenTokens } from "./writtenTokens.ts";
import "./comparison.css";

const subjectOf = ({ id }: Model): FitSubject => ({ kind: "model", modelId: id });

/** Asks which models are to answer the question of a reply, and says how long they will take. */
export function CompareSheet() {
  const reply = useComparisons((state) => state.asking);
  return reply === null ? null : <ChooseModels key={reply.id} reply={reply} />;
}

function ChooseModels({ reply }: { reply: Message }) {
  const { say } = useTexts();
  const ask = useComparisons((state) => state.ask);
  const start = useComparisons((state) => state.start);
  const list = useModels((state) => state.list);
  const follow = useFit((state) => state.follow);
  const models = list.state === "ready" ? list.value : [];
  const isRefused = useIsRefused();
  const usable = models.filter((model) => model.problems.length === 0 && !isRefused(model));
  const [ticked, setTicked] = useState<readonly string[]>(() => firstChosen(usable, reply));
  // One of them may be deleted meanwhile.
  const chosen = ticked.filter((id) => usable.some((model) => model.id === id));
  useEffect(() => {
    if (list.state === "ready") void follow(list.value.filter(isFile).map(subjectOf));
  }, [follow, list]);
  const change = (id: string, isOn: boolean): void =>
    setTicked(isOn ? [...chosen, id] : chosen.filter((each) => each !== id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start(reply, chosen);
  };
  const isFull = chosen.length === mostCompared;
  return (
    <SheetDialog title={say("chats:comparison.title")} onClose={() => ask(null)}>
      <form className="compare-sheet" onSubmit={submit}>
        <p>{say("chats:comparison.about")}</p>
        <fieldset className="compare-models scroll">
          <legend>{say("chats:comparison.choose")}</legend>
          {models.map((model) => (
            <ModelRow
              key={model.id}
              model={model}
              isChosen={chosen.includes(model.id)}
              isOffered={chosen.includes(model.id) || !isFull}
              hasAnswered={countsAlready(reply, model.id)}
              onChange={(isOn) => change(model.id, isOn)}
            />
          ))}
        </fieldset>
        {usable.length < 2 ? (
          <p className="hint">
            {say("chats:comparison.needsTwo")}{" "}
            <a className="text-button" href="#/models" onClick={() => ask(null)}>
              {say("models:picker.get")}
            </a>
          </p>
        ) : (
          chosen.length > 1 && <Foretold reply={reply} models={usable.filter(({ id }) => chosen.includes(id))} />
        )}
        <button type="submit" className="button primary" disabled={chosen.length < 2}>
          {say("chats:comparison.start")}
        </button>
      </form>
    </SheetDialog>
  );
}

interface ModelRowProps {
  model: Model;
  isChosen: boolean;
  isOffered: boolean;
  /** Whether the reply itself is the answer of this model. */
  hasAnswered: boolean;
  onChange: (isOn: boolean) => void;
}

function ModelRow({ model, isChosen, isOffered, hasAnswered, onChange }: ModelRowProps) {
  const { say, figures } = useTexts();
  const factsId = useId();
  const fit = useFit(({ fits }) => fits[fitKey(subjectOf(model))]);
  const isRefused = useIsRefused()(model);
  const server = serverOf(model);
  const [problem] = model.problems;
  const facts = [
    isRefused ? say("servers:isOffline") : null,
    server === null
      ? figures.bytes(model.sizeBytes)
      : say("servers:at", { name: server.serverName, host: server.host }),
    fit && fit.verdict !== "fits" ? say(`models:memory.${fit.verdict}`) : null,
    hasAnswered ? say("chats:comparison.hasAnswered") : null,
  ];
  return (
    <label className="compare-model">
      <input
        type="checkbox"
        aria-describedby={factsId}
        checked={isChosen}
        disabled={problem !== undefined || isRefused || !isOffered}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className="compare-model-words">
        <span className="compare-model-name">
          <bdi className="clip">{model.name}</bdi>
          {model.quantization !== "unknown" && <Badge>{model.quantization}</Badge>}
          {server !== null && <ServerMark place={writtenAt(server)} />}
        </span>
        <span id={factsId} className="small quiet">
          {problem ? <WhatHappened problem={problem} /> : figures.joined(facts)}
        </span>
      </span>
      {problem === undefined && <ModelSpeed model={model} />}
    </label>
  );
}

/** How long the models that are still to answer will take, if their answers are as long as this reply. */
function Foretold({ reply, models }: { reply: Message; models: readonly Model[] }) {
  const { say, figures } = useTexts();
  const fits = useFit((state) => state.fits);
  const tokens = reply.stats === null ? 0 : writtenTokens(reply.stats);
  const seconds = models
    .filter(({ id }) => !countsAlready(reply, id))
    .map((model) => {
      const speed = model.measuredTokensPerSecond ?? fits[fitKey(subjectOf(model))]?.speed?.generation.value ?? 0;
      return speed > 0 && tokens > 0 ? tokens / speed : null;
    });
  const known = seconds.filter((each) => each !== null);
  return (
    <p className="hint">
      {known.length < seconds.length || known.length === 0
        ? say("chats:comparison.takesUnknown")
        : say("chats:comparison.takes", { time: figures.roughly(known.reduce((sum, each) => sum + each, 0)) })}
    </p>
  );
}

/** The model of this reply and the one that was used last beside it, as far as they are there. */
function firstChosen(models: readonly Model[], { model }: Message): string[] {
  const own = models.filter(({ id }) => id === model?.id);
  // What leaves this machine is chosen by the user alone.
  const others = models.filter((each) => each.id !== model?.id && serverOf(each)?.isThisMachine !== false);
  others.sort((one, other) => (other.lastUsedAt ?? 0) - (one.lastUsedAt ?? 0));
  return [...own, ...others].slice(0, 2).map(({ id }) => id);
}

/** Whether this reply counts as the answer of a model, as main decides it. */
const countsAlready = ({ model, state, stats }: Message, modelId: string): boolean =>
  model?.id === modelId && model.edited !== true && state === "done" && stats?.stopReason === "end";
