import { useCallback } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { chooseInChat } from "../../stores/chooseInChat.ts";
import { useStores } from "../../stores/useStores.ts";
import { blockingProblem } from "./blockingProblem.ts";

/**
 * Returns what every button that chooses a model does: in a chat see `chooseInChat`; elsewhere it makes the model the
 * default for new chats, and loads it. Does nothing for a file that cannot be used: its row says why.
 */
export function useChooseModel(chosenIn: "chat" | "models"): (model: Model) => Promise<void> {
  const stores = useStores();
  return useCallback(
    async (model) => {
      if (blockingProblem(model)) return;
      if (chosenIn === "chat") await chooseInChat(stores, model);
      else await stores.models.getState().use(model.id);
    },
    [chosenIn, stores],
  );
}
