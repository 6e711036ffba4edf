import type { Session, WebPreferences } from "electron";

/** Returns what a page gets that runs what a model has written: no preload script, no Node, no rights. */
export function untrustedPreferences(session: Session): WebPreferences {
  return {
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
    navigateOnDragDrop: false,
    // It makes no sound before the user has clicked it.
    autoplayPolicy: "document-user-activation-required",
    safeDialogs: true,
    disableDialogs: true,
    focusOnNavigation: false,
  };
}
