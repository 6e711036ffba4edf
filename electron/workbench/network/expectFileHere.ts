import { WorkbenchError } from "../../contract/errors.ts";
import type { NetworkState } from "../../contract/network.ts";
import { expectOnline } from "./expectOnline.ts";

/** A path such as `\\host\share\file` or `\\?\UNC\host\share\file`. */
const networkPath = /^[\\/]{2}(?:[?.][\\/])?(?:UNC[\\/])?([^\\/]*)/i;
/** A drive of this machine, written as `\\?\C:\file`. */
const drivePath = /^[\\/]{2}[?.][\\/][a-z]:/i;

/** Throws `offline` if nothing may connect, and Windows would connect to another computer to read this file. */
export function expectFileHere(
  path: string,
  network: NetworkState,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform !== "win32" || !network.isOffline || drivePath.test(path)) return;
  const host = networkPath.exec(path)?.[1];
  if (host === undefined) return;
  if (network.isForced) expectOnline(network);
  throw new WorkbenchError("offline", { case: "share", host });
}
