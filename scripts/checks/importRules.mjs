import { readdir, readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, relative, sep } from "node:path";

/**
 * @typedef {{ rooms: string[], packages: string[] | "any but the native ones", node: boolean, typesOnly?: string[] }} RoomRule
 * `rooms`: the other rooms it may import; `typesOnly`: those of them it may import types from, and nothing that
 * runs, but for the files in `plainFiles`; `node`: whether Node's own modules are allowed.
 */

/**
 * What each room may import besides its own files. Not a lint pattern, because a pattern sees only the text of
 * an import, not where it leads, and no dynamic import at all. Cycles are the linter's (import/no-cycle).
 * @type {Record<string, RoomRule>}
 */
export const roomRules = {
  "electron/contract": { rooms: [], packages: ["zod"], node: false },
  "electron/engine": { rooms: ["electron/contract"], packages: ["node-llama-cpp", "@huggingface/jinja"], node: true },
  "electron/workbench": {
    rooms: ["electron/contract"],
    packages: ["zod", "@photostructure/sqlite", "@node-rs/crc32", "undici"],
    node: true,
  },
  "electron/main": { rooms: ["electron/contract", "electron/workbench"], packages: ["electron", "zod"], node: true },
  "electron/preload": { rooms: ["electron/contract"], packages: ["electron"], node: false },
  "electron/cli": { rooms: ["electron/contract", "electron/workbench"], packages: ["zod"], node: true },
  renderer: {
    rooms: ["electron/contract"],
    typesOnly: ["electron/contract"],
    packages: "any but the native ones",
    node: false,
  },
};

/** Files without zod, which the page may use as they are: it must not carry the parser. */
const plainFiles = ["errors", "faultId", "modelChoice", "shownAnswer"].map((name) => `electron/contract/${name}.ts`);

const nativePackages = ["electron", "node-llama-cpp", "@photostructure/sqlite", "@node-rs/crc32", "undici"];

/**
 * Every import in the rooms that their rules forbid, one line each: file, import and reason.
 * @param {string} folder the repository's
 * @returns {Promise<string[]>}
 */
export async function findForbiddenImports(folder) {
  const { parseSync } = await import("vite");
  const problems = [];
  let checked = 0;
  for (const room of Object.keys(roomRules)) {
    for (const file of await sourcesIn(join(folder, room))) {
      const path = relative(folder, file).split(sep).join("/");
      const text = await readFile(file, "utf8");
      const { module, errors } = parseSync(file, text);
      if (errors.length > 0) problems.push(`${path}: cannot be parsed`);
      for (const found of importsOf(module, text)) {
        const reason = whyForbidden(path, room, found);
        if (reason !== null) problems.push(`${path}: "${found.from}": ${reason}`);
      }
      checked += 1;
    }
  }
  return checked === 0 ? ["No source file was found, so nothing was checked."] : problems;
}

/** @param {string} folder */
async function sourcesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.m?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @typedef {{ from: string | null, isType: boolean }} Import `from` is null where it is computed at run time */

/**
 * @param {ReturnType<typeof import("vite").parseSync>["module"]} module
 * @param {string} text
 * @returns {Import[]}
 */
function importsOf(module, text) {
  /** @type {Import[]} */
  const imports = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    imports.push({ from: moduleRequest.value, isType: isTypeOnly(entries) });
  }
  for (const { entries } of module.staticExports) {
    const again = entries.filter((entry) => entry.moduleRequest);
    const from = again[0]?.moduleRequest?.value;
    if (from !== undefined) imports.push({ from, isType: isTypeOnly(again) });
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^["'`]([^"'`$]*)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    imports.push({ from: literal?.[1] ?? null, isType: false });
  }
  return imports;
}

/** @param {{ isType: boolean }[]} entries */
const isTypeOnly = (entries) => entries.length > 0 && entries.every((entry) => entry.isType);

/**
 * @param {string} path of the importing file, from the repository's folder
 * @param {string} room
 * @param {Import} found
 * @returns {string | null}
 */
function whyForbidden(path, room, { from, isType }) {
  const rule = roomRules[room];
  if (rule === undefined) return `${room} is not a room`;
  if (from === null) return "a computed import cannot be checked; name the module";
  return from.startsWith(".")
    ? whyFileForbidden(path, room, rule, from, isType)
    : whyPackageForbidden(room, rule, from);
}

/**
 * @param {string} room
 * @param {RoomRule} rule
 * @param {string} from
 */
function whyPackageForbidden(room, rule, from) {
  if (isBuiltin(from)) return rule.node ? null : `${room} runs without Node`;
  const name = from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
  if (rule.packages === "any but the native ones") {
    return nativePackages.includes(name) ? `${room} may not import ${name}` : null;
  }
  return rule.packages.includes(name) ? null : `${room} may import only ${rule.packages.join(", ")}`;
}

/**
 * @param {string} path
 * @param {string} room
 * @param {RoomRule} rule
 * @param {string} from
 * @param {boolean} isType
 */
function whyFileForbidden(path, room, rule, from, isType) {
  const target = join(dirname(path), from).split(sep).join("/");
  const targetRoom = Object.keys(roomRules).find((other) => target.startsWith(`${other}/`));
  if (targetRoom === undefined) return "this file belongs to no room";
  if (targetRoom !== room) {
    if (!rule.rooms.includes(targetRoom)) return `${room} may not import from ${targetRoom}`;
    const needsType = rule.typesOnly?.includes(targetRoom) && !plainFiles.includes(target);
    return needsType && !isType ? `${room} may import only types from ${targetRoom}` : null;
  }
  const [feature, targetFeature] = [featureOf(path), featureOf(target)];
  if (feature !== null && targetFeature !== null && feature !== targetFeature) {
    return `the feature ${feature} may not import from the feature ${targetFeature}`;
  }
  return null;
}

/** @param {string} path */
const featureOf = (path) => /^renderer\/features\/([^/]+)/.exec(path)?.[1] ?? null;
