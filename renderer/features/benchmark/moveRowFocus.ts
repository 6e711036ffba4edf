import type { KeyboardEvent } from "react";

/** Moves the focus between the rows, which are one tab stop together. */
export function moveRowFocus(event: KeyboardEvent<HTMLElement>): void {
  const controls = [
    ...(event.currentTarget.closest("tbody")?.querySelectorAll<HTMLElement>("[data-row-control]") ?? []),
  ];
  const at = controls.indexOf(event.currentTarget);
  const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: controls.length - 1 }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  controls[Math.max(0, Math.min(next, controls.length - 1))]?.focus();
}
