import { app, type Session } from "electron";
import { appOrigin } from "./appProtocol.ts";

/** Before `ready`: keeps Chromium's own services off the network. */
export function quietChromium(): void {
  for (const name of [
    "disable-background-networking",
    "disable-component-update",
    "disable-domain-reliability",
    "disable-sync",
    "dns-prefetch-disable",
    "no-pings",
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch("webrtc-ip-handling-policy", "disable_non_proxied_udp");
}

/** The page may load its own files and nothing else; it gets no permission and starts no download. */
export function guardSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${appOrigin}/`) || details.url.startsWith("devtools://");
    answer({ cancel: !own && !details.url.startsWith("data:image/") });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Chromium would fetch dictionaries from a public host.
  session.setSpellCheckerEnabled(false);
  session.on("will-download", (event) => {
    event.preventDefault();
  });
}
