import { useSyncExternalStore } from "react";
import type { LiveRun } from "../../stores/runs.ts";
import { useStores } from "../../stores/useStores.ts";

const never = (): (() => void) => () => undefined;

/** Returns the run of this chat if the message is the one that it writes. No other message hears of its tokens. */
export function useRunOf(chatId: string, isRunning: boolean): LiveRun | undefined {
  const { runs } = useStores();
  return useSyncExternalStore(isRunning ? runs.subscribe : never, () =>
    isRunning ? runs.getState().byChat[chatId] : undefined,
  );
}
