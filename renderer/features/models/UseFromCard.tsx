import type { Model } from "../../../electron/contract/models.ts";
import { useDownloads } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** Uses the model of the card in this chat and for new ones; its download need not be shown any more. */
export function UseFromCard({ model }: { model: Model }) {
  const say = useSay("models");
  const dismiss = useDownloads((state) => state.cancel);
  const arrived = useDownloads(({ list }) =>
    list.find(({ status }) => status.state === "done" && status.path === model.source.path),
  );
  const choose = useChooseModel("chat");
  return (
    <button
      type="button"
      className="button primary"
      title={say("installed.useHint")}
      onClick={() => {
        if (arrived !== undefined) void dismiss(arrived.id);
        void choose(model);
      }}
    >
      {say("installed.use")}
    </button>
  );
}
