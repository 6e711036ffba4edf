import { isFile } from "../../electron/contract/modelKinds.ts";
import type { Model } from "../../electron/contract/models.ts";
import { useChosenModel } from "./useChosenModel.ts";
import { useModels } from "./useStores.ts";

/** Returns the models of this machine that can be measured, and of these the one with the wanted id or, failing that, the chosen one. */
export function useModelToMeasure(wantedId: string | null): { models: readonly Model[]; model: Model | undefined } {
  const list = useModels((state) => state.list);
  const usual = useChosenModel();
  const models =
    list.state === "ready" ? list.value.filter(isFile).filter(({ problems }) => problems.length === 0) : [];
  const model = models.find(({ id }) => id === wantedId) ?? models.find(({ id }) => id === usual?.id) ?? models[0];
  return { models, model };
}
