import { FolderOpen, X } from "lucide-react";
import type { ReactNode } from "react";
import { errorTexts } from "../../../electron/contract/errors.ts";
import type { LoadedModel, Model } from "../../../electron/contract/models.ts";
import { bytes, count, percent } from "../../parts/figures.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useModels, useSettings } from "../../stores/useStores.ts";

/** The model files on this machine. */
export default function ModelsScreen({ sidebarButton }: { sidebarButton: ReactNode }) {
  const list = useModels((state) => state.list);
  const problem = useModels((state) => state.problem);
  const refresh = useModels((state) => state.refresh);
  const importFile = useModels((state) => state.importFile);
  const dismissProblem = useModels((state) => state.dismissProblem);
  return (
    <main className="page" aria-label="Models">
      <header className="screen-header">
        {sidebarButton}
        <h1 className="screen-title">Models</h1>
        <button type="button" className="button" onClick={() => void importFile()}>
          <FolderOpen size={16} aria-hidden /> Import
        </button>
      </header>
      <div className="page-body">
        {problem && (
          <ProblemNotice problem={problem}>
            <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismissProblem}>
              <X size={16} aria-hidden />
            </button>
          </ProblemNotice>
        )}
        {list.state === "loading" && <p className="page-note">Reading the model folder…</p>}
        {list.state === "failed" && (
          <ProblemNotice problem={list.problem}>
            <button type="button" className="button" onClick={() => void refresh()}>
              Try again
            </button>
          </ProblemNotice>
        )}
        {list.state === "ready" && list.value.length === 0 && (
          <p className="page-note">
            There is no model on this machine yet. Import a GGUF file; it stays where it lies.
          </p>
        )}
        {list.state === "ready" && list.value.length > 0 && <ModelTable models={list.value} />}
        <p className="page-note">An imported file is used where it lies; nothing is copied or sent anywhere.</p>
      </div>
    </main>
  );
}

function ModelTable({ models }: { models: readonly Model[] }) {
  return (
    <div className="table-scroll">
      <table className="facts-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="is-figure">
              Size
            </th>
            <th scope="col">Quantization</th>
            <th scope="col" className="is-figure">
              Context
            </th>
            <th scope="col">Licence</th>
            <th scope="col">
              <span className="visually-hidden">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelTableRow key={model.id} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ModelTableRow({ model }: { model: Model }) {
  const loaded = useModels((state) => state.loaded);
  const [problem] = model.problems;
  return (
    <tr aria-label={model.name}>
      <td>
        <bdi className="model-cell-name">{model.name}</bdi>
        {model.builtIn && <span className="tag">tiny demo model</span>}
        {problem && (
          <p className="row-problem">
            {problem.message} {errorTexts[problem.code].next}
          </p>
        )}
        <p className="path" title={model.path}>
          <bdi>{model.builtIn ? "Comes with the app" : model.path}</bdi>
        </p>
      </td>
      <td className="is-figure">{bytes(model.sizeBytes)}</td>
      <td>{model.quantization}</td>
      <td className="is-figure">{model.contextLength === null ? "–" : count(model.contextLength)}</td>
      <td>{model.licence ?? <span className="page-note">none stated</span>}</td>
      <td className="is-action">{!problem && <UseModel model={model} loaded={loaded} />}</td>
    </tr>
  );
}

/** Makes a model the default for chats that have not chosen one, and loads it. */
function UseModel({ model, loaded }: { model: Model; loaded: LoadedModel }) {
  const load = useModels((state) => state.load);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const change = useSettings((state) => state.change);
  if (loaded.state === "loading" && loaded.modelId === model.id) {
    return (
      <span className="model-loading">
        <LoadProgress label={`Loading ${model.name}`} fraction={loaded.fraction} />
        <span className="figure">{percent(loaded.fraction)}</span>
        <button type="button" className="button" onClick={() => void cancelLoad()}>
          Cancel
        </button>
      </span>
    );
  }
  const isLoaded = loaded.state === "ready" && loaded.modelId === model.id;
  return (
    <>
      {isLoaded && <span className="tag">loaded</span>}
      <button
        type="button"
        className="button"
        title="Load it, and use it for new chats"
        onClick={() => void change({ defaultModelId: model.id }).then(() => load(model.id))}
      >
        Use
      </button>
    </>
  );
}
