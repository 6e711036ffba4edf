import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** About 3 ms, which fit between two frames. */
const turnsAtOnce = 3;
/** After this long without an idle moment, the next ones have their turn all the same. */
const longestWaitMs = 1000;

/** The last one is the first to have its turn: it is nearest to what is being read. */
const waiting: (() => void)[] = [];
let isRequested = false;

/**
 * Returns whether something that nobody sees yet may be rendered: at once if it cannot wait, otherwise when the window
 * is idle, a few at a time. While one scrolls through many messages, it would cost frames.
 */
export function useIdleTurn(canWait: boolean): boolean {
  const [hasTurn, setHasTurn] = useState(!canWait);
  useEffect(() => {
    if (hasTurn) return undefined;
    const take = (): void => setHasTurn(true);
    waiting.push(take);
    request();
    return () => {
      const index = waiting.indexOf(take);
      if (index >= 0) waiting.splice(index, 1);
    };
  }, [hasTurn]);
  return hasTurn || !canWait;
}

function request(): void {
  if (isRequested) return;
  isRequested = true;
  requestIdleCallback(giveTurns, { timeout: longestWaitMs });
}

function giveTurns(): void {
  isRequested = false;
  const turns = waiting.splice(-turnsAtOnce);
  flushSync(() => turns.forEach((take) => take()));
  if (waiting.length > 0) request();
}
