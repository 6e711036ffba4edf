import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { appPaths } from "../../electron/workbench/appPaths.ts";

const root = new URL("../../", import.meta.url);
const { nodePath } = appPaths(fileURLToPath(new URL("out/cli", root))).engine;

/**
 * Runs the code of a module in the Node that is shipped, which has what encrypted databases need. `ours` returns the address of
 * a file of the app, to import. Resolves with what it printed. Rejects if it fails.
 */
export async function inShippedNode(code: (ours: (path: string) => string) => string): Promise<string> {
  const source = code((path) => JSON.stringify(new URL(`electron/${path}`, root).href));
  const { stdout } = await promisify(execFile)(
    nodePath,
    ["--experimental-strip-types", "--no-warnings", "--input-type=module", "-e", source],
    { env: { ...process.env, SQLITE_USE_URI: "1" } },
  );
  return stdout;
}
