import { fileURLToPath } from "node:url";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import type { StoreEncryption } from "../../../electron/workbench/sqlite/startOnStore.ts";

const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));

/** Returns how chats are encrypted with the key that consists of this digit, by the built workers. */
export const testEncryption = (digit = "7"): StoreEncryption => ({
  key: digit.repeat(64),
  host: { nodePath: paths.engine.nodePath, entry: paths.workerHost },
});
