import { useEffect, useLayoutEffect, useRef } from "react";
import { useStores } from "../../stores/useStores.ts";
import type { FollowEnd } from "./useFollowEnd.ts";

/** What is added above must not move what is being read, not even at the very top. `firstId`: of the first message. */
export function useAddedAbove(
  firstId: string | undefined,
  { distanceFromEnd, goToDistance }: Pick<FollowEnd, "distanceFromEnd" | "goToDistance">,
): void {
  const { conversation: store } = useStores();
  const fromEnd = useRef<number | null>(null);
  const firstDrawn = useRef(firstId);
  useLayoutEffect(() => {
    firstDrawn.current = firstId;
    if (fromEnd.current !== null) goToDistance(fromEnd.current);
    fromEnd.current = null;
  }, [firstId, goToDistance]);
  useEffect(
    () =>
      // Told before it is drawn.
      store.subscribe(({ conversation }) => {
        if (conversation?.state !== "ready") return;
        const added = conversation.value.messages.findIndex(({ id }) => id === firstDrawn.current);
        if (added > 0) fromEnd.current = distanceFromEnd();
      }),
    [store, distanceFromEnd],
  );
}
