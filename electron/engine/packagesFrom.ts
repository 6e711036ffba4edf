import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onResolve } from "./onResolve.ts";

const named = /^@node-llama-cpp\/[a-z0-9-]+$/;

/**
 * Makes node-llama-cpp find its packages of binaries in a folder as well. Those in it come first. The workbench has
 * compared every file in it with the release's hashes.
 */
export function packagesFrom(folder: string): void {
  onResolve((specifier, context, next) => {
    // Each of these packages has one entry point.
    const entry = join(folder, specifier, "dist", "index.js");
    if (!named.test(specifier) || !existsSync(entry)) return next(specifier, context);
    return { url: pathToFileURL(entry).href, format: "module", shortCircuit: true };
  });
}
