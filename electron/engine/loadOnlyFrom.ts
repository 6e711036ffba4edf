import * as nodeModule from "node:module";
import { sep } from "node:path";
import { pathToFileURL } from "node:url";

type Resolve = (specifier: string, context: object, next: (name: string, context: object) => { url: string }) => object;
/** The Node that runs the engine has it; the types are those of the oldest Node that developers may have. */
const { registerHooks } = nodeModule as unknown as { registerHooks?: (hooks: { resolve: Resolve }) => void };

/** A path, an address or one of Node's own modules. */
const isNoPackage = /^([./\\]|[a-z]:|file:|data:|node:)/i;

/**
 * Makes Node load packages only if they are below this folder. It would also look for those that are missing, such as
 * CUDA's, in each folder above it, where anyone may have put others.
 */
export function loadOnlyFrom(folder: string): void {
  const own = `${pathToFileURL(folder).href}/`;
  registerHooks?.({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (isNoPackage.test(specifier) || !found.url.startsWith("file:") || found.url.startsWith(own)) return found;
      throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: "ERR_MODULE_NOT_FOUND" });
    },
  });
}

/** Returns the folder of a packaged app that has all of its packages, or null if this file is in no package. */
export function packageFolder(file: string): string | null {
  const [before, after] = file.split(`${sep}app.asar.unpacked${sep}`, 2);
  return after === undefined ? null : `${before}${sep}app.asar.unpacked`;
}
