import { useCallback } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";

/**
 * Returns what every button that chooses a model does: the model answers new chats from now on, and the chat it was
 * chosen in; then it is loaded. A file that cannot be used is left alone: its row says why.
 */
export function useChooseModel(chosenIn: "chat" | "models"): (model: Model) => Promise<void> {
  const setModel = useComposer((state) => state.setModel);
  const use = useModels((state) => state.use);
  return useCallback(
    async ({ id, problems }) => {
      if (problems.some(({ code }) => code !== "model-crashed-engine")) return;
      if (chosenIn === "chat") await setModel(id);
      await use(id);
    },
    [chosenIn, setModel, use],
  );
}
