/** Focuses the composer if it is on the screen. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>(".composer .composer-field")?.focus();
}
