import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
}
type Resolve = (specifier: string, context: object, next: (specifier: string, context: object) => Resolved) => Resolved;
/** The Node that runs the engine has it; the types are those of the oldest Node that developers may have. */
const { registerHooks } = nodeModule as unknown as { registerHooks: (hooks: { resolve: Resolve }) => void };

const named = /^@node-llama-cpp\/[a-z0-9-]+$/;

/**
 * Makes node-llama-cpp find its packages of binaries in a folder as well. Those in it come first. The workbench has
 * compared every file in it with the release's hashes.
 */
export function packagesFrom(folder: string): void {
  registerHooks({
    resolve(specifier, context, next) {
      // Each of these packages has one entry point.
      const entry = join(folder, specifier, "dist", "index.js");
      if (!named.test(specifier) || !existsSync(entry)) return next(specifier, context);
      return { url: pathToFileURL(entry).href, format: "module", shortCircuit: true };
    },
  });
}
