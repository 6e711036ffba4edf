import { useCallback } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";
import { blockingProblem } from "./blockingProblem.ts";

/**
 * Returns what every button that chooses a model does: it makes the model the default for new chats, and the model of
 * the chat it was chosen in, then loads it. Does nothing for a file that cannot be used: its row says why.
 */
export function useChooseModel(chosenIn: "chat" | "models"): (model: Model) => Promise<void> {
  const setModel = useComposer((state) => state.setModel);
  const use = useModels((state) => state.use);
  return useCallback(
    async (model) => {
      if (blockingProblem(model)) return;
      if (chosenIn === "chat") await setModel(model.id);
      await use(model.id);
    },
    [chosenIn, setModel, use],
  );
}
