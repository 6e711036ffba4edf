import { type KeyboardEvent, type RefObject, useState } from "react";
import { useSay } from "../../texts.ts";

/** Finds words in the code: Enter selects the next place, Shift+Enter the one before, Esc goes to it. */
export function FindInCode({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const say = useSay("preview");
  const [isMissing, setMissing] = useState(false);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (field.current === null) return;
    if (event.key === "Escape") {
      // Else it would stop the reply. The place that was found shows once the code has the focus.
      event.preventDefault();
      field.current.focus();
      return;
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    setMissing(!select(field.current, event.currentTarget.value, event.shiftKey));
  };
  return (
    <input
      type="text"
      className="preview-find"
      placeholder={say("code.find")}
      aria-label={say("code.find")}
      aria-invalid={isMissing}
      title={isMissing ? say("code.notFound") : undefined}
      onChange={() => setMissing(false)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Selects the next place of these words, or the one before, and scrolls to it. Returns whether there is one. */
function select(field: HTMLTextAreaElement, words: string, isBackward: boolean): boolean {
  const text = field.value.toLowerCase();
  const wanted = words.toLowerCase();
  if (wanted === "") return true;
  const { selectionStart, selectionEnd } = field;
  const next = isBackward
    ? selectionStart > 0
      ? text.lastIndexOf(wanted, selectionStart - 1)
      : -1
    : text.indexOf(wanted, selectionEnd);
  const at = next !== -1 ? next : isBackward ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  if (at === -1) return false;
  field.setSelectionRange(at, at + wanted.length);
  const lines = field.value.slice(0, at).split("\n").length - 1;
  const scroller = field.closest(".code-field");
  const lineHeight = Number.parseFloat(getComputedStyle(field).lineHeight);
  if (scroller) scroller.scrollTop = Math.max(0, lines * lineHeight - scroller.clientHeight / 3);
  return true;
}
