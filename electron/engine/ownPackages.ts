import { loadOnlyFrom } from "./loadOnlyFrom.ts";
import { packageFolder } from "./packageFolder.ts";

// A built file of its own, which the processes that node-llama-cpp forks to try its binaries load first.
const folder = packageFolder(import.meta.filename);
if (folder !== null) loadOnlyFrom(folder);
