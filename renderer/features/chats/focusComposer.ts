/** Returns the composer's field, or null if it is not on the screen. */
export const composerField = (): HTMLElement | null => document.querySelector(".composer .composer-field");

/** Focuses the composer if it is on the screen. */
export function focusComposer(): void {
  composerField()?.focus();
}
