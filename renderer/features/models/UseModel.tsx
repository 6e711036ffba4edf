import type { Model } from "../../../electron/contract/models.ts";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useChooseInstalled } from "./useChooseInstalled.ts";

export interface UseModelProps {
  model: Model;
  /** Whether new chats use it. */
  isDefault: boolean;
  isRecommended: boolean;
}

/** Makes a model the default for new chats and loads it; or unloads it, or stops the load. */
export function UseModel({ model, isDefault, isRecommended }: UseModelProps) {
  const say = useSay("models");
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const unload = useModels((state) => state.unload);
  const choose = useChooseInstalled(model, "models");
  if (loaded.state === "loading" && loaded.modelId === model.id) {
    return (
      <button type="button" className="button" onClick={() => void cancelLoad()}>
        {say("shell:cancel")}
      </button>
    );
  }
  if (isDefault && loaded.state === "ready" && loaded.modelId === model.id) {
    return (
      <button type="button" className="button" title={say("installed.unloadHint")} onClick={() => void unload()}>
        {say("installed.unload")}
      </button>
    );
  }
  return (
    <button
      type="button"
      className={isRecommended && !isDefault ? "button primary" : "button"}
      title={say("installed.useHint")}
      onClick={choose}
    >
      {say("installed.use")}
    </button>
  );
}
