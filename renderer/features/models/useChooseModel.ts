import { useCallback } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { useComposer, useModels } from "../../stores/useStores.ts";

/**
 * Returns what every button that chooses a model does: it makes the model the default for new chats, and the model of
 * the chat it was chosen in, then loads it. Does nothing for a file that cannot be used: its row says why.
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
