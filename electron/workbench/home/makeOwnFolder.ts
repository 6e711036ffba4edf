import { WorkbenchError } from "../../contract/errors.ts";
import { makeFolderSync } from "./makeFolder.ts";

/** Makes a folder of the app's and those above it. Throws `file-blocked` where something else lies in its place. */
export function makeOwnFolder(folder: string): void {
  try {
    makeFolderSync(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
    throw new WorkbenchError("file-blocked", `${folder} should be one of the app's own folders, but is not a folder.`);
  }
}
