import { changeOf } from "../../../electron/contract/mergeTexts.ts";

/** Replaces the text, and keeps the caret at the same words where they are still there. */
export function replaceText(element: HTMLTextAreaElement, text: string): void {
  const { selectionStart, selectionEnd, value } = element;
  if (value === text) return;
  const { from, to, text: written } = changeOf(value, text);
  const moved = (at: number): number => (at < from ? at : Math.max(at, to) - to + from + written.length);
  element.value = text;
  element.setSelectionRange(moved(selectionStart), moved(selectionEnd));
}
