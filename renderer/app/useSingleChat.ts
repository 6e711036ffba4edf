import { useEffect } from "react";
import type { ActionId } from "../../electron/contract/actions.ts";
import type { CommandsState } from "../stores/commands.ts";
import { useCommands, useStores } from "../stores/useStores.ts";
import { chatHash, parseRoute, type Route } from "./route.ts";
import { windowKind } from "./windowKind.ts";

const actionOf = {
  chat: "showChat",
  models: "showModels",
  hardware: "showHardware",
  settings: "showSettings",
} as const satisfies Record<Route["screen"], ActionId>;

export interface SingleChat {
  /** Whether this is the window of a single chat, which has no sidebar and no other screens. */
  isAlone: boolean;
  /** Returns what an action does here: in the window of a single chat, the main window does it. */
  orInMain: (id: ActionId, run: () => void) => () => void;
  runInMain: CommandsState["runInMain"];
}

/** Sends everything that the window of a single chat cannot show to the main window. */
export function useSingleChat(): SingleChat {
  const { conversation } = useStores();
  const runInMain = useCommands((state) => state.runInMain);
  const isAlone = windowKind() === "chat";
  useEffect(() => {
    if (!isAlone) return;
    const onHash = (): void => {
      const { screen } = parseRoute(window.location.hash);
      if (screen === "chat") return;
      window.location.replace(chatHash(conversation.getState().openId));
      void runInMain(actionOf[screen]);
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [isAlone, conversation, runInMain]);
  return { isAlone, runInMain, orInMain: (id, run) => (isAlone ? () => void runInMain(id) : run) };
}
