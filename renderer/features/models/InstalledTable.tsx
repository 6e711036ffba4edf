import { Settings2, Trash2, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { bytes, count, daysAgo, weightsShort } from "../../parts/figures.ts";
import { licenceName } from "../../parts/licenceName.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useCatalog, useDownloads, useFit, useModels } from "../../stores/useStores.ts";
import { MemoryBar } from "./MemoryBar.tsx";
import { ModelChoicesForm } from "./ModelChoicesForm.tsx";
import { ModelColumns } from "./ModelColumns.tsx";
import { ownerNames } from "./ownerNames.ts";
import { SpeedCell } from "./SpeedCell.tsx";
import { UseModel } from "./UseModel.tsx";

/** The models on this machine, whoever they belong to. */
export function InstalledTable() {
  const list = useModels((state) => state.list);
  const refresh = useModels((state) => state.refresh);
  const follow = useFit((state) => state.follow);
  useEffect(() => {
    if (list.state === "ready") void follow(list.value.map(subjectOf));
  }, [list, follow]);
  if (list.state === "loading") return <p className="page-note">Reading the model folder…</p>;
  if (list.state === "failed") {
    return (
      <ProblemNotice problem={list.problem}>
        <button type="button" className="button" onClick={() => void refresh()}>
          Try again
        </button>
      </ProblemNotice>
    );
  }
  if (list.value.length === 0) {
    return (
      <p className="page-note">
        There is no model on this machine yet. Download one below, or import a GGUF file; it stays where it is.
      </p>
    );
  }
  return (
    <table className="facts-table model-table">
      <ModelColumns first="Name" />
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
          {model.builtIn && <span className="tag">tiny demo model</span>}
          {isForNewChats && <span className="tag">for new chats</span>}
          {isLoaded && <span className="tag">loaded</span>}
          {arrived && <span className="tag">just downloaded</span>}
          {problem && <ProblemWords problem={problem} />}
          {problem?.code !== "model-file-missing" && <p className="model-facts">{factsOf(model)}</p>}
          <p className="path" title={model.source.path}>
            <bdi>{model.builtIn ? "Comes with the app" : model.source.path}</bdi>
          </p>
        </td>
        <td className="is-figure">{bytes(model.sizeBytes)}</td>
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
                aria-label={`Settings of ${model.name}`}
                title="Settings of this model"
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
                aria-label="Delete"
                title="Delete: move the file to the trash"
                onClick={() => setAsks("delete")}
              >
                <Trash2 size={16} aria-hidden />
              </button>
            )}
            {canForget && (
              <button
                type="button"
                className="icon-button"
                aria-label="Remove from list"
                title="Remove from list; the file stays"
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
  const forget = useModels((state) => state.forget);
  const remove = useModels((state) => state.remove);
  if (what === "delete") {
    return (
      <Confirm
        title={`Delete ${model.name}?`}
        action="Delete"
        onConfirm={() => void remove(model.id)}
        onClose={onClose}
      >
        {bytes(model.sizeBytes)} go to the system’s trash. Chats with this model stay.
      </Confirm>
    );
  }
  return (
    <Confirm
      title={`Remove ${model.name} from the list?`}
      action="Remove"
      onConfirm={() => void forget(model.id)}
      onClose={onClose}
    >
      The file stays where it is: <bdi className="path">{model.source.path}</bdi>
    </Confirm>
  );
}

/** "1.8B weights · Q4_K_M · 131,072 tokens · MIT · LM Studio’s · used today": what is known of it. */
function factsOf(model: Model): string {
  const { parameters, quantization, contextLength, licence, verified, owner, lastUsedAt } = model;
  const known = [
    parameters > 0 && `${weightsShort(parameters)} weights`,
    quantization !== "unknown" && quantization,
    contextLength !== null && `context ${count(contextLength)}`,
    licence === null ? "no licence stated" : licenceName(licence),
    ownerNames[owner] !== undefined && `${ownerNames[owner]}’s file`,
    verified === true && "verified",
    verified === false && "not verified",
    lastUsedAt !== null && `used ${daysAgo(lastUsedAt)}`,
  ];
  return known.filter(Boolean).join(" · ");
}
