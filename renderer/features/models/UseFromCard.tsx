import type { Model } from "../../../electron/contract/models.ts";
import { useSay } from "../../texts.ts";
import { useChooseInstalled } from "./useChooseInstalled.ts";

/** Uses the model of the card in this chat and for new ones. */
export function UseFromCard({ model }: { model: Model }) {
  const say = useSay("models");
  const choose = useChooseInstalled(model, "chat");
  return (
    <button type="button" className="button primary" title={say("installed.useHint")} onClick={choose}>
      {say("installed.use")}
    </button>
  );
}
