import { WorkbenchError } from "../../contract/errors.ts";
import { systemCode } from "../systemCode.ts";
import { makeFolderSync } from "./makeFolder.ts";

/** Creates one of the app's folders and its parents. Throws `file-blocked` if something else is in its place. */
export function makeOwnFolder(folder: string): void {
  try {
    makeFolderSync(folder);
  } catch (error) {
    if (!["EEXIST", "ENOTDIR", "ELOOP"].includes(systemCode(error))) throw error;
    throw new WorkbenchError("file-blocked", { case: "notFolder", path: folder });
  }
}
