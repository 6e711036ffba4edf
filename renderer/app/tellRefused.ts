import type { Door } from "../stores/door.ts";

/** Tells main which hosts the page's own rules refuse, because such attempts never reach it. */
export function tellRefused(door: Pick<Door, "call">): void {
  document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
    const host = URL.canParse(blockedURI) ? new URL(blockedURI).host.slice(0, 300) : "";
    if (host !== "") void door.call("network.refused", { host }).catch(() => undefined);
  });
}
