import type { ReadingPlace } from "../../../electron/contract/chats.ts";

/*
 * Every message has its id in `data-message`, and a reply's answer is marked with `data-answer`. A place is relative to
 * one of the two, so that it stays valid if the window's width changes, thoughts are folded or parts are not drawn yet.
 */

/** Returns the place at the top of the visible part, or null if no message extends below it. */
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

/** Scrolls to the place. Returns false if the message is not rendered. */
export function goToPlace(scroller: HTMLElement, place: ReadingPlace): boolean {
  const message = scroller.querySelector<HTMLElement>(`[data-message="${CSS.escape(place.messageId)}"]`);
  if (!message) return false;
  const box = message.getBoundingClientRect();
  const answer = message.querySelector("[data-answer]")?.getBoundingClientRect();
  const start = place.from === "answer" && answer ? answer : box;
  // The same text is twice as high in a column half as wide.
  const offset = place.offsetPixels * (place.widthPixels / Math.max(1, box.width));
  // A thought that was open then may be folded now; its answer is then nearest.
  const end = place.from === "message" && answer ? answer.top : box.bottom;
  const target = Math.min(start.top + offset, Math.max(end - 1, start.top));
  scroller.scrollTop += target - scroller.getBoundingClientRect().top;
  return true;
}
