import { Play } from "lucide-react";
import type { PreviewState } from "../../../electron/contract/preview.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export type EndedState = Exclude<PreviewState["state"], "closed" | "loading" | "running">;

/** Says over the place of a page why it does not run, and runs it again. */
export function PageNotice({ state }: { state: EndedState }) {
  const say = useSay("preview");
  const reload = usePreview((store) => store.reload);
  return (
    <div className="preview-ended">
      <output className="preview-ended-words">
        <span>{say(`state.${state}`)}</span>
        {state !== "stopped" && <span className="quiet">{say("state.safe")}</span>}
        <button type="button" className="button" onClick={() => void reload()}>
          <Play size={14} aria-hidden />
          {say("state.runAgain")}
        </button>
      </output>
    </div>
  );
}
