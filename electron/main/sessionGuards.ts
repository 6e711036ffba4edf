import { app, type Session } from "electron";
import { appOrigin } from "./appProtocol.ts";

/**
 * Before `ready`: takes the network away from Chromium. The page comes over workbench:// and Node talks to the hub, so
 * Chromium itself needs none. What it would do unasked (dictionaries, DNS prefetches, preconnects, WebRTC's relays) is
 * in part told to no webRequest and stopped by no switch of its own, so it finds no host at all, not even by address.
 */
export function cutOffChromium(): void {
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
}

/** Before `ready`: guards the app's session, and any other that will ever be opened. */
export function guardAllSessions(): void {
  app.on("session-created", guardSession);
}

/** The page may load its own files and nothing else; it gets no permission and starts no download. */
function guardSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${appOrigin}/`) || details.url.startsWith("devtools://");
    answer({ cancel: !own && !details.url.startsWith("data:image/") });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Chromium looks for its dictionaries on a public host, switched off or not, as long as it has a language to check.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => {
    event.preventDefault();
  });
}
