import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * Returns the path of the Node 22 among the dependencies, for tools that may need a newer one than the user has.
 * Returns the user's own Node if there is none for this platform.
 */
export function bundledNode() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = process.platform === "win32" ? "node.exe" : "node";
  const paths = Object.keys(optionalDependencies).map((name) => join(root, "node_modules", name, "bin", file));
  return paths.find((path) => existsSync(path)) ?? process.execPath;
}
