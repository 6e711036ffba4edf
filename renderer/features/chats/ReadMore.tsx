import { useEffect, useRef } from "react";
import { useSay } from "../../texts.ts";

export interface ReadMoreProps {
  direction: "earlier" | "later";
  /** Called when the reader comes near, or presses it. */
  onNear: () => void;
}

/** Stands where messages were not read yet, and asks for them before they are in sight. */
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
