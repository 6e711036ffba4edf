/** Puts the cursor where the next message is written, if that is on the screen. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>(".composer .composer-field")?.focus();
}
