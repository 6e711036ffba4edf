import type { LoadProgress as Progress } from "../../../electron/contract/models.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { useFigures, useSay } from "../../texts.ts";

/** A model that is being loaded, in the place of its row's figures. */
export function LoadCell({ name, progress: { fraction, isPreparing } }: { name: string; progress: Progress }) {
  const say = useSay("models");
  const figures = useFigures();
  return (
    <div className="model-download">
      <div className="download-words">{say(isPreparing ? "installed.preparing" : "installed.loadingNow")}</div>
      <div className="download-share">
        {!isPreparing && <span className="figure">{figures.percentDone(fraction)}</span>}
      </div>
      <LoadProgress label={say("installed.loading", { name })} fraction={fraction} />
    </div>
  );
}
