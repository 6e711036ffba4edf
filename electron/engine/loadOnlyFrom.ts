import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { onResolve } from "./onResolve.ts";

/** The name of a package at the beginning of what is imported; a path or an address has none. */
const packageName = /^(?:@[^/\\]+\/)?[^./\\@#:][^/\\:]*(?=\/|$)/;

/**
 * Makes Node load packages only from below this folder. It would also look for those that are missing, such as CUDA's,
 * in each folder above it, where anyone may have put others.
 */
export function loadOnlyFrom(folder: string): void {
  onResolve((specifier, context, next) => {
    const name = isBuiltin(specifier) ? undefined : packageName.exec(specifier)?.[0];
    if (name === undefined || isIn(folder, name, context.parentURL)) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: "ERR_MODULE_NOT_FOUND" });
  });
}

/** Returns whether Node finds the package for this file in the folder or below. */
function isIn(folder: string, name: string, parentURL: string | undefined): boolean {
  let place = parentURL?.startsWith("file:") === true ? dirname(fileURLToPath(parentURL)) : folder;
  while (place === folder || place.startsWith(folder + sep)) {
    if (existsSync(join(place, "node_modules", name))) return true;
    place = dirname(place);
  }
  return false;
}
