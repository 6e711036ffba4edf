import { delimiter, dirname, join } from "node:path";
import { app } from "electron";
import { asAdministrator } from "../workbench/command/asAdministrator.ts";
import { CommandLink } from "../workbench/command/CommandLink.ts";
import { ownAppImage } from "./ownAppImage.ts";
import { ownPortable } from "./ownPortable.ts";

/** Returns the link to the `r1` command of this app. */
export function commandOfApp(): CommandLink {
  return new CommandLink({
    platform: process.platform,
    file: app.isPackaged ? commandFile() : null,
    // macOS has the first one in the path of every terminal, Linux the other one once it exists.
    folder: process.platform === "darwin" ? "/usr/local/bin" : join(app.getPath("home"), ".local", "bin"),
    searchPath: (process.env["PATH"] ?? "").split(delimiter),
    asAdministrator,
  });
}

/** Returns the command in the app's folder, or null if this copy of the app is only there while it runs. */
function commandFile(): string | null {
  if (process.platform === "win32") {
    return ownPortable() === null ? join(dirname(process.execPath), "r1.cmd") : null;
  }
  if (process.platform === "darwin") {
    const file = join(process.resourcesPath, "r1");
    // Started from a disk image or a download folder, macOS runs a copy elsewhere.
    return file.startsWith("/Volumes/") || file.includes("/AppTranslocation/") ? null : file;
  }
  return ownAppImage() === null ? join(dirname(process.execPath), "r1") : null;
}
