import { clipboard, dialog, shell, type BrowserWindow } from "electron";
import { WorkbenchError } from "../contract/errors.ts";
import type { Texts } from "../texts/texts.ts";
import { withUsualModes } from "../workbench/home/privateModes.ts";
import { systemText } from "./systemText.ts";

/** In characters. A longer link would push the buttons off the screen. */
const longestTarget = 200;
const openable = new Set(["http:", "https:", "mailto:"]);

/**
 * Shows where a link goes and opens it in the system's browser if the user agrees. The app opens links in no other way,
 * and none while Offline is on. Resolves with whether it was opened. Rejects with `link-refused` for other kinds of
 * links.
 */
export async function openLink(
  window: BrowserWindow,
  { say }: Texts,
  link: string,
  isOffline: () => Promise<boolean>,
): Promise<boolean> {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url === null || !openable.has(url.protocol)) throw new WorkbenchError("link-refused");
  if (await isOffline()) {
    await refuseOffline(window, say, url.href);
    return false;
  }
  const target = url.protocol === "mailto:" ? systemText(url.pathname, longestTarget) : shownHost(url);
  const { response } = await dialog.showMessageBox(window, {
    type: "question",
    message: say("openLink.message", { target }),
    detail: shownAddress(url.href),
    buttons: [say("openLink.open"), say("cancel")],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return false;
  // This may start the browser, and the files that it creates are not ours.
  await withUsualModes(() => shell.openExternal(url.href));
  return true;
}

/** Tells why the link was not opened; its address can be copied. */
async function refuseOffline(window: BrowserWindow, say: Texts["say"], address: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: "info",
    message: say("openLink.offline"),
    detail: shownAddress(address),
    buttons: [say("openLink.close"), say("openLink.copy")],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await clipboard.writeText(address);
}

const shownAddress = (address: string): string => (address.length > 600 ? `${address.slice(0, 600)}…` : address);

/**
 * Returns the host as URL writes it, in punycode, which exposes look-alike letters. The end of a host shows who owns
 * it.
 */
function shownHost({ host }: URL): string {
  return host.length <= longestTarget ? host : `…${host.slice(1 - longestTarget)}`;
}
