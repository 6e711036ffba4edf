import type { ReadingPlace } from "../../../electron/contract/chats.ts";

/*
 * Every message carries its id in `data-message`, a reply's answer is marked with `data-answer`. A place is counted
 * from one of the two, so that it outlives another width of the window, folded thoughts and what is not drawn yet.
 */

/** Returns where the top of what is seen lies; null if no message reaches below it. */
export function placeIn(scroller: HTMLElement): ReadingPlace | null {
  const { top } = scroller.getBoundingClientRect();
  for (const message of scroller.querySelectorAll<HTMLElement>("[data-message]")) {
    const box = message.getBoundingClientRect();
    if (box.bottom <= top) continue;
    const answer = message.querySelector("[data-answer]")?.getBoundingClientRect();
    const isInAnswer = answer !== undefined && answer.top <= top;
    return {
      messageId: message.dataset["message"] ?? "",
      from: isInAnswer ? "answer" : "message",
      offsetPixels: Math.max(-10_000, top - (isInAnswer ? answer.top : box.top)),
      widthPixels: Math.max(1, box.width),
    };
  }
  return null;
}

/** Scrolls there. Returns false if the message is not drawn here. */
export function goToPlace(scroller: HTMLElement, place: ReadingPlace): boolean {
  const message = scroller.querySelector<HTMLElement>(`[data-message="${CSS.escape(place.messageId)}"]`);
  if (!message) return false;
  const box = message.getBoundingClientRect();
  const answer = message.querySelector("[data-answer]")?.getBoundingClientRect();
  const start = place.from === "answer" && answer ? answer : box;
  // Of the same words, a column of half the width has twice the height.
  const offset = place.offsetPixels * (place.widthPixels / Math.max(1, box.width));
  // A thought that was open then may be folded now: its answer is nearest.
  const end = place.from === "message" && answer ? answer.top : box.bottom;
  const target = Math.min(start.top + offset, Math.max(end - 1, start.top));
  scroller.scrollTop += target - scroller.getBoundingClientRect().top;
  return true;
}
