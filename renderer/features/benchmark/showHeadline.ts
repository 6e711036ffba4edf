/** Scrolls to the headline and gives it the focus, unless the user is busy elsewhere. */
export function showHeadline(headline: HTMLElement | null): void {
  if (headline === null) return;
  const { activeElement, body } = document;
  headline.scrollIntoView({ block: "nearest" });
  if (activeElement === body || headline.closest("main")?.contains(activeElement) === true)
    headline.focus({ preventScroll: true });
}
