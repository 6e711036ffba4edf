import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * The path of the Node 22 that the dependencies bring, for tools that need a newer one than a person may have. The
 * person's own where this platform has none.
 */
export function bundledNode() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = process.platform === "win32" ? "node.exe" : "node";
  const paths = Object.keys(optionalDependencies).map((name) => join(root, "node_modules", name, "bin", file));
  return paths.find((path) => existsSync(path)) ?? process.execPath;
}
