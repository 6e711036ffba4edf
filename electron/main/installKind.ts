import type { InstallKind } from "../contract/updates.ts";
import { ownAppImage } from "./ownAppImage.ts";

export interface InstalledApp {
  isPackaged: boolean;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  execPath: string;
  exists: (path: string) => boolean;
}

/** Returns how this copy of the app was installed. */
export function installKind({ isPackaged, platform, env, execPath, exists }: InstalledApp): InstallKind {
  if (!isPackaged) return "development";
  if (platform === "darwin") return "mac";
  if (platform === "win32") return env["PORTABLE_EXECUTABLE_FILE"] === undefined ? "nsis" : "portable";
  if (ownAppImage({ env, execPath }) !== null) return "appimage";
  if (!/^\/(opt|usr)\//.test(execPath)) return "folder";
  if (exists("/var/lib/dpkg/info/r1-workbench.list")) return "deb";
  return exists("/usr/bin/rpm") ? "rpm" : "folder";
}
