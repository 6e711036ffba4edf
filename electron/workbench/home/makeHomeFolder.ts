import { WorkbenchError } from "../../contract/errors.ts";
import { closeHome } from "./closeHome.ts";
import { makeFolderSync } from "./makeFolder.ts";
import { makePrivateModes } from "./privateModes.ts";

/** Why a folder cannot be created, by the file system's code. */
const reasons: Record<string, string> = {
  ENOENT: "this file system does not allow new folders",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "a file or a broken link already has this name",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENAMETOOLONG: "its path is too long",
  ELOOP: "its path contains a loop of links",
};

/**
 * Creates the home before anything is opened in it, and restricts it and all files that this process writes to their
 * owner. Throws `home-not-made`.
 */
export function makeHomeFolder(home: string): void {
  makePrivateModes();
  try {
    makeFolderSync(home);
    closeHome(home);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const said = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError(
      "home-not-made",
      `The app's folder ${home} cannot be created: ${reasons[code] ?? said}.`,
      said,
    );
  }
}
