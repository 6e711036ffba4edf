import type { InstallKind } from "../contract/updates.ts";
import { ownAppImage } from "./ownAppImage.ts";
import { ownPortable } from "./ownPortable.ts";

export interface InstalledApp {
  isPackaged: boolean;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  execPath: string;
  exists: (path: string) => boolean;
  /** The folder for temporary files; by default, the system's. */
  temporary?: string;
}

/** Returns how this copy of the app was installed. */
export function installKind({ isPackaged, platform, env, execPath, exists, temporary }: InstalledApp): InstallKind {
  if (!isPackaged) return "development";
  if (platform === "darwin") return "mac";
  if (platform === "win32") return ownPortable({ env, execPath }, temporary) === null ? "nsis" : "portable";
  if (ownAppImage({ env, execPath }) !== null) return "appimage";
  if (!/^\/(opt|usr)\//.test(execPath)) return "folder";
  if (exists("/var/lib/dpkg/info/r1-workbench.list")) return "deb";
  return exists("/usr/bin/rpm") ? "rpm" : "folder";
}
