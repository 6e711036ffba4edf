import type { Model } from "../../../electron/contract/models.ts";
import { pathOf } from "../../../electron/contract/modelKinds.ts";
import { useDownloads } from "../../stores/useStores.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** Returns what the button Use of a model does: it chooses the model, whose download need not be shown any more. */
export function useChooseInstalled(model: Model, chosenIn: "chat" | "models"): () => void {
  const dismiss = useDownloads((state) => state.cancel);
  const choose = useChooseModel(chosenIn);
  const arrived = useDownloads(({ list }) =>
    list.find(({ status }) => status.state === "done" && status.path === pathOf(model)),
  );
  return () => {
    if (arrived !== undefined) void dismiss(arrived.id);
    void choose(model);
  };
}
