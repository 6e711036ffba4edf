import { Settings2, Trash2, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useCatalog, useDownloads, useFit, useModels } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useFigures, useSay } from "../../texts.ts";
import { MemoryBar } from "./MemoryBar.tsx";
import { ModelChoicesForm } from "./ModelChoicesForm.tsx";
import { ModelColumns } from "./ModelColumns.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { UseModel } from "./UseModel.tsx";
import { useModelFacts } from "./useModelFacts.ts";

/** The models on this machine, whatever their owner. */
export function InstalledTable() {
  const say = useSay("models");
  const list = useModels((state) => state.list);
  const refresh = useModels((state) => state.refresh);
  const follow = useFit((state) => state.follow);
  useEffect(() => {
    if (list.state === "ready") void follow(list.value.map(subjectOf));
  }, [list, follow]);
  if (list.state === "loading") return <p className="page-note">{say("installed.reading")}</p>;
  if (list.state === "failed") {
    return (
      <ProblemNotice problem={list.problem}>
        <button type="button" className="button" onClick={() => void refresh()}>
          {say("shell:tryAgain")}
        </button>
      </ProblemNotice>
    );
  }
  if (list.value.length === 0) {
    return <p className="page-note">{say("installed.none")}</p>;
  }
  return (
    <table className="facts-table model-table">
      <ModelColumns />
      <tbody>
        {list.value.map((model) => (
          <InstalledRow key={model.id} model={model} />
        ))}
      </tbody>
    </table>
  );
}

const subjectOf = ({ id }: Model): FitSubject => ({ kind: "model", modelId: id });

function InstalledRow({ model }: { model: Model }) {
  const say = useSay("models");
  const figures = useFigures();
  const facts = useModelFacts(model);
  const [asks, setAsks] = useState<"delete" | "forget" | null>(null);
  const [showsChoices, setShowsChoices] = useState(false);
  const loaded = useModels((state) => state.loaded);
  const usableBytes = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : null));
  const fit = useFit(({ fits }) => fits[fitKey(subjectOf(model))]);
  const isLoaded = loaded.state === "ready" && loaded.modelId === model.id;
  const isForNewChats = useModelForNewChats()?.id === model.id;
  const arrived = useDownloads(({ list }) =>
    list.find(({ status }) => status.state === "done" && status.path === model.source.path),
  );
  const [problem] = model.problems;
  const isUsable = problem === undefined || problem.code === "model-crashed-engine";
  const canForget = model.owner !== "app" && model.owner !== "downloads";
  return (
    <>
      <tr aria-label={model.name}>
        <td>
          <bdi className="model-cell-name">{model.name}</bdi>
          {model.builtIn && <span className="tag">{say("installed.builtIn")}</span>}
          {isForNewChats && <span className="tag">{say("installed.forNewChats")}</span>}
          {isLoaded && <span className="tag">{say("installed.loaded")}</span>}
          {arrived && <span className="tag">{say("installed.arrived")}</span>}
          {problem && <ProblemWords problem={problem} />}
          {problem?.code !== "model-file-missing" && <p className="model-facts">{facts}</p>}
          <p className="path" title={model.source.path}>
            <bdi>{model.builtIn ? say("installed.comesWithApp") : model.source.path}</bdi>
          </p>
        </td>
        <td className="is-figure">{figures.bytes(model.sizeBytes)}</td>
        <td className="cell-memory">
          {isLoaded && usableBytes !== null ? (
            <MemoryBar need={loaded.need} usableBytes={usableBytes} verdict="fits" />
          ) : fit ? (
            <MemoryBar need={fit.need} usableBytes={fit.usableBytes} verdict={fit.verdict} limitedBy={fit.limitedBy} />
          ) : (
            <span className="page-note">–</span>
          )}
        </td>
        <SpeedCell measured={model.measuredTokensPerSecond} predicted={fit?.speed ?? null} />
        <td className="is-action">
          <div className="row-actions">
            {isUsable && <UseModel model={model} arrived={arrived} />}
            {isUsable && (
              <button
                type="button"
                className="icon-button"
                aria-label={say("installed.settingsOf", { name: model.name })}
                title={say("installed.settings")}
                aria-expanded={showsChoices}
                onClick={() => setShowsChoices(!showsChoices)}
              >
                <Settings2 size={16} aria-hidden />
              </button>
            )}
            {model.owner === "downloads" && (
              <button
                type="button"
                className="icon-button"
                aria-label={say("installed.delete")}
                title={say("installed.deleteHint")}
                onClick={() => setAsks("delete")}
              >
                <Trash2 size={16} aria-hidden />
              </button>
            )}
            {canForget && (
              <button
                type="button"
                className="icon-button"
                aria-label={say("installed.remove")}
                title={say("installed.removeHint")}
                onClick={() => setAsks("forget")}
              >
                <X size={16} aria-hidden />
              </button>
            )}
          </div>
        </td>
      </tr>
      {showsChoices && (
        <tr className="choices-row">
          <td colSpan={5}>
            <ModelChoicesForm model={model} />
          </td>
        </tr>
      )}
      {asks !== null && <AskFirst what={asks} model={model} onClose={() => setAsks(null)} />}
    </>
  );
}

function AskFirst({ what, model, onClose }: { what: "delete" | "forget"; model: Model; onClose: () => void }) {
  const say = useSay("models");
  const forget = useModels((state) => state.forget);
  const remove = useModels((state) => state.remove);
  if (what === "delete") {
    return (
      <Confirm
        title={say("installed.deleteTitle", { name: model.name })}
        action={say("installed.delete")}
        onConfirm={() => void remove(model.id)}
        onClose={onClose}
      >
        {say("installed.deleteDetail", { size: model.sizeBytes })}
      </Confirm>
    );
  }
  return (
    <Confirm
      title={say("installed.removeTitle", { name: model.name })}
      action={say("installed.removeAction")}
      onConfirm={() => void forget(model.id)}
      onClose={onClose}
    >
      <Sentence
        text={say("installed.removeDetail", { path: slot("path") })}
        slots={{ path: <bdi className="path">{model.source.path}</bdi> }}
      />
    </Confirm>
  );
}
