import { app, type Session } from "electron";
import { appOrigin } from "./appProtocol.ts";
import { chooseSpeller } from "./spelling.ts";

/**
 * Cuts Chromium off from the network. Call before `ready`. The page is loaded from workbench:// and Node connects to
 * the hub, so Chromium needs no network. Some of its own requests (dictionaries, DNS prefetches, preconnects, WebRTC's
 * relays) bypass webRequest and cannot be switched off, so no host resolves, not even an IP address.
 */
export function cutOffChromium(): void {
  app.commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
}

/** Guards the app's session and any other that is ever created. Call before `ready`. */
export function guardAllSessions(): void {
  app.on("session-created", guardSession);
}

/** Lets the page load only its own files. It gets no permissions and cannot start downloads. */
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
  chooseSpeller(session, process.platform, app.getPreferredSystemLanguages());
  session.on("will-download", (event) => {
    event.preventDefault();
  });
}
