import { loadOnlyFrom } from "./loadOnlyFrom.ts";
import { packageFolder } from "./packageFolder.ts";

// Built to a file of its own, so that the processes which node-llama-cpp forks to try its binaries can load it first too.
const folder = packageFolder(import.meta.filename);
if (folder !== null) loadOnlyFrom(folder);
