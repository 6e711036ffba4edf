import { useEffect, useRef } from "react";
import { useSay } from "../../texts.ts";

export interface ReadMoreProps {
  direction: "earlier" | "later";
  /** Called when the user scrolls near it or presses it. */
  onNear: () => void;
}

/** Takes the place of messages that have not been read yet, and requests them before they become visible. */
export function ReadMore({ direction, onNear }: ReadMoreProps) {
  const say = useSay("chats");
  const button = useRef<HTMLButtonElement>(null);
  const ask = useRef(onNear);
  useEffect(() => {
    ask.current = onNear;
  });
  useEffect(() => {
    if (!button.current) return;
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) ask.current();
      },
      { root: button.current.closest(".conversation-scroll"), rootMargin: "600px 0px 600px 0px" },
    );
    near.observe(button.current);
    return () => near.disconnect();
  }, []);
  return (
    <button type="button" ref={button} className="quiet-button" onClick={onNear}>
      {say(`conversation.${direction}`)}
    </button>
  );
}
