import type { Download } from "../../../electron/contract/downloads.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { useDownloads, useModels } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { useChooseModel } from "./useChooseModel.ts";

export interface UseModelProps {
  model: Model;
  /** The download that fetched the model. */
  arrived: Download | undefined;
}

/** Makes a model the default for new chats, and loads it. */
export function UseModel({ model, arrived }: UseModelProps) {
  const say = useSay("models");
  const figures = useFigures();
  const dismiss = useDownloads((state) => state.cancel);
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const unload = useModels((state) => state.unload);
  const choose = useChooseModel("models");
  if (loaded.state === "loading" && loaded.modelId === model.id) {
    return (
      <>
        <span className="model-loading is-row">
          <LoadProgress label={say("installed.loading", { name: model.name })} fraction={loaded.fraction} />
          <span className="figure">{figures.percent(loaded.fraction)}</span>
        </span>
        <button type="button" className="button" onClick={() => void cancelLoad()}>
          {say("shell:cancel")}
        </button>
      </>
    );
  }
  const isLoaded = loaded.state === "ready" && loaded.modelId === model.id;
  return (
    <>
      {isLoaded && (
        <button
          type="button"
          className="quiet-button"
          title={say("installed.unloadHint")}
          onClick={() => void unload()}
        >
          {say("installed.unload")}
        </button>
      )}
      <button
        type="button"
        className={arrived === undefined ? "button" : "button primary"}
        title={say("installed.useHint")}
        onClick={() => {
          if (arrived !== undefined) void dismiss(arrived.id);
          void choose(model);
        }}
      >
        {say(arrived === undefined ? "installed.use" : "installed.useNow")}
      </button>
    </>
  );
}
