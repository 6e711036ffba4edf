import { realpathSync } from "node:fs";
import { sep } from "node:path";

/**
 * Returns the AppImage that this process runs from, or null if it runs from none. Every program that an AppImage starts,
 * such as the shell of a terminal, inherits its APPIMAGE, so that is believed only inside the folder it was mounted on.
 */
export function ownAppImage({ env, execPath }: Pick<NodeJS.Process, "env" | "execPath"> = process): string | null {
  const { APPIMAGE: appImage, APPDIR: folder } = env;
  if (appImage === undefined || folder === undefined) return null;
  return execPath.startsWith(`${realFolder(folder)}${sep}`) ? appImage : null;
}

/** The system names programs without links in their path. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
