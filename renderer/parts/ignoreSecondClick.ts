/**
 * Ignores the rest of a double click, for a button that closes what it is in: the second click would act on what is
 * behind it, or select its text.
 */
export function ignoreSecondClick(): void {
  const events = ["mousedown", "mouseup", "click", "dblclick"] as const;
  const listener = (event: MouseEvent): void => {
    if (event.detail > 1) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    // The end of the first click itself comes here too; a click of its own begins with this.
    if (event.type === "mousedown") for (const name of events) document.removeEventListener(name, listener, true);
  };
  for (const name of events) document.addEventListener(name, listener, true);
}
