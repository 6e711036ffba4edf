/** Returns whether a dialog is open. Shortcuts and the menu's actions do nothing meanwhile. */
export function isAsking(): boolean {
  return document.querySelector("[role='alertdialog'], [role='dialog'][aria-modal='true'], .dialog") !== null;
}
