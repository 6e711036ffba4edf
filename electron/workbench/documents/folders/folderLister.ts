import { listDocuments } from "./listDocuments.ts";

// The entry point of a process that lists the documents of a folder: `folderLister.mjs`, with the paths in its environment,
// where other users of the machine do not see them. A folder that does not answer holds up only this process.
const { R1_LISTED: root = "", R1_NOT_LISTED: except = "" } = process.env;
process.stdout.write(JSON.stringify(listDocuments(root, except)));
