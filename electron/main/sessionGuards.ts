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
  // For each WebRTC connection of a page, Chromium would join the group of multicast DNS, and the system announces that.
  app.commandLine.appendSwitch("disable-features", "WebRtcHideLocalIpsWithMdns");
}

/**
 * Guards the app's session and any other that is ever created. Call before `ready`. `onRefused` gets the host of each
 * request that would have left this machine.
 */
export function guardAllSessions(onRefused: (host: string) => void): void {
  app.on("session-created", (session) => guardSession(session, onRefused));
}

/** Lets the page load only its own files. It gets no permissions and cannot start downloads. */
function guardSession(session: Session, onRefused: (host: string) => void): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isOwn = url.startsWith(`${appOrigin}/`) || url.startsWith("devtools://") || url.startsWith("data:image/");
    answer({ cancel: !isOwn });
    const { host } = URL.canParse(url) ? new URL(url) : { host: "" };
    if (!isOwn && host !== "") onRefused(host);
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
