import { statSync } from "node:fs";
import { type FactsByCode, WorkbenchError } from "../../contract/errors.ts";
import { systemCode } from "../systemCode.ts";
import { closeHome } from "./closeHome.ts";
import { isAnothers } from "./isAnothers.ts";
import { makeFolderSync } from "./makeFolder.ts";
import { makePrivateModes } from "./privateModes.ts";

/** Why a folder cannot be created, by the file system's code. */
const reasons: Record<string, FactsByCode["home-not-made"]["case"]> = {
  ENOENT: "noNewFolders",
  ENOTDIR: "fileInPath",
  EEXIST: "nameTaken",
  EACCES: "notAllowed",
  EPERM: "notAllowed",
  EROFS: "readOnly",
  ENOSPC: "diskFull",
  EDQUOT: "quotaUsedUp",
  ENAMETOOLONG: "pathTooLong",
  ELOOP: "linkLoop",
};

/**
 * Creates the home folder before anything is opened in it, and restricts it and all files that this process writes to
 * their owner. Throws `home-not-made`, also if the folder belongs to another user, who could read, replace and delete
 * whatever is written there.
 */
export function makeHomeFolder(home: string): void {
  makePrivateModes();
  try {
    makeFolderSync(home);
    expectOwner(home);
    closeHome(home);
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const facts = { folder: home, case: reasons[systemCode(error)] ?? "otherReason", reason };
    throw new WorkbenchError("home-not-made", facts, reason);
  }
}

function expectOwner(home: string): void {
  if (!isAnothers(statSync(home))) return;
  throw new WorkbenchError("home-not-made", { folder: home, case: "anotherUsers", reason: "" });
}
