// The fallback runtime's first code: `electron [options] [-r MODULE] APP_FOLDER …` starts the app in that folder, after
// the module if one is given, as Electron's own default app does.
// The import is awaited, because Electron becomes `ready` only when this module has been evaluated: without
// the `await`, the app could no longer register schemes or enable the sandbox.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

/**
 * Methods that Electron's own default app also uses, and that are missing from the public types.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} AppIdentity
 */

const given = process.argv.slice(1);
while (given[0]?.startsWith("-")) {
  if (given.shift() === "-r") createRequire(import.meta.url)(resolve(given.shift() ?? ""));
}
const [argument] = given;
if (argument === undefined) {
  process.stderr.write("Name an app's folder: electron [-r MODULE] APP_FOLDER\n");
  app.exit(2);
} else {
  const path = resolve(argument);
  let entry = path;
  if (statSync(path).isDirectory()) {
    const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
    entry = join(path, manifest.main ?? "index.js");
    app.setName(manifest.productName ?? manifest.name ?? "Electron");
    const identity = /** @type {AppIdentity} */ (/** @type {unknown} */ (app));
    identity.setVersion(manifest.version ?? "0.0.0");
    identity.setAppPath(path);
  }
  await import(pathToFileURL(entry).href);
}
