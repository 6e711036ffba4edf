import { useEffect, useLayoutEffect, useRef } from "react";
import { useStores } from "../../stores/useStores.ts";
import type { FollowEnd } from "./useFollowEnd.ts";

/** Keeps the visible text in place when messages are added above it, even at the very top. `firstId`: first message. */
export function useAddedAbove(
  firstId: string | undefined,
  { scroller, distanceFromEnd, goToDistance }: Pick<FollowEnd, "scroller" | "distanceFromEnd" | "goToDistance">,
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
      // Called before the new messages are rendered.
      store.subscribe(({ conversation }) => {
        if (conversation?.state !== "ready") return;
        const added = conversation.value.messages.findIndex(({ id }) => id === firstDrawn.current);
        if (added > 0) fromEnd.current = distanceFromEnd();
      }),
    [store, distanceFromEnd],
  );
  // The user may scroll before they are rendered.
  useEffect(() => {
    const element = scroller.current;
    const onScroll = (): void => {
      if (fromEnd.current !== null) fromEnd.current = distanceFromEnd();
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  }, [scroller, distanceFromEnd]);
}
