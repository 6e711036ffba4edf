import type { Download } from "../../../electron/contract/downloads.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { percent } from "../../parts/figures.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { useDownloads, useModels } from "../../stores/useStores.ts";
import { useChooseModel } from "./useChooseModel.ts";

export interface UseModelProps {
  model: Model;
  /** The download that has just brought it. */
  arrived: Download | undefined;
}

/** Makes a model the one for new chats, and loads it. */
export function UseModel({ model, arrived }: UseModelProps) {
  const dismiss = useDownloads((state) => state.cancel);
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const unload = useModels((state) => state.unload);
  const choose = useChooseModel("models");
  if (loaded.state === "loading" && loaded.modelId === model.id) {
    return (
      <>
        <span className="model-loading is-row">
          <LoadProgress label={`Loading ${model.name}`} fraction={loaded.fraction} />
          <span className="figure">{percent(loaded.fraction)}</span>
        </span>
        <button type="button" className="button" onClick={() => void cancelLoad()}>
          Cancel
        </button>
      </>
    );
  }
  const isLoaded = loaded.state === "ready" && loaded.modelId === model.id;
  return (
    <>
      {isLoaded && (
        <button type="button" className="quiet-button" title="Frees its memory" onClick={() => void unload()}>
          Unload
        </button>
      )}
      <button
        type="button"
        className={arrived === undefined ? "button" : "button primary"}
        title="Load it, and use it for new chats"
        onClick={() => {
          if (arrived !== undefined) void dismiss(arrived.id);
          void choose(model);
        }}
      >
        {arrived === undefined ? "Use" : "Use now"}
      </button>
    </>
  );
}
