import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestIn } from "../setup/manifestIn.mjs";
import { root } from "../setup/paths.mjs";

/** @typedef {{ title: string, text: string }} Notice */

const licenceFile = /^(licen[cs]e|copying|notice|unlicense|third.?party)/i;
/** Code compiled into a prebuilt binary whose npm package does not include the licence. */
const insideBinaries = [
  { title: "llama.cpp and ggml (inside @node-llama-cpp)", file: "llama.cpp.txt" },
  { title: "JSON for Modern C++ (inside @node-llama-cpp)", file: "nlohmann-json.txt" },
  { title: "SQLite (inside @photostructure/sqlite and better-sqlite3-multiple-ciphers)", file: "sqlite.txt" },
  { title: "SQLite3 Multiple Ciphers (inside better-sqlite3-multiple-ciphers)", file: "sqlite3mc.txt" },
];

/**
 * Returns the licences of npm packages and of what their binaries contain. Throws if a package's licence cannot be
 * found, because such a package must not be distributed.
 * @param {ReadonlySet<string>} names of the packages, each with its version: "react 19.3.1"
 * @returns {Promise<Notice[]>}
 */
export async function licenceNotices(names) {
  const installed = await Promise.all(
    (await packageFolders(root, "node_modules")).map((folder) => join(root, folder)).map(installedAt),
  );
  const folderOf = new Map(installed.flat());
  const notices = await Promise.all(
    [...names].sort((a, b) => a.localeCompare(b)).map((name) => noticeOf(name, folderOf.get(name))),
  );
  for (const { title, file } of insideBinaries) {
    notices.push({ title, text: await readFile(join(root, "scripts", "packaging", "licences", file), "utf8") });
  }
  return notices;
}

/**
 * Returns every package in a node_modules folder, including nested ones, as paths relative to the folder's parent.
 * @param {string} base
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
export async function packageFolders(base, folder) {
  const entries = await readdir(join(base, folder), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      if (name.startsWith("@")) return await packageFolders(base, path);
      return [path, ...(await packageFolders(base, join(path, "node_modules")))];
    }),
  );
  return found.flat();
}

/** @param {{ name: string, version: string }} manifest */
export function identity({ name, version }) {
  return `${name} ${version}`;
}

/**
 * @param {string} folder
 * @returns {Promise<[string, string][]>} empty if the folder is not a package
 */
async function installedAt(folder) {
  const manifest = await manifestIn(folder).catch(() => null);
  return manifest === null ? [] : [[identity(manifest), folder]];
}

/**
 * @param {string} name with its version
 * @param {string | undefined} folder
 * @returns {Promise<Notice>}
 */
async function noticeOf(name, folder) {
  if (folder === undefined) throw new Error(`${name} is in the package and not in node_modules.`);
  const manifest = await manifestIn(folder);
  const files = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8").catch(() => "")));
  const text = texts.filter((found) => found.trim() !== "").join("\n\n");
  const title = `${name}${typeof manifest.license === "string" ? ` (${manifest.license})` : ""}`;
  return { title, text: text === "" ? await standardText(manifest) : text };
}

/**
 * Returns the standard text for a package that names its licence but does not include a copy.
 * @param {import("../setup/manifestIn.mjs").Manifest} manifest
 */
async function standardText({ name, version, license, author }) {
  if (license !== "MIT") throw new Error(`The licence of ${name} ${version} was not found.`);
  const holder = (typeof author === "string" ? author : author?.name) ?? `the authors of ${name}`;
  const terms = await readFile(join(root, "scripts", "packaging", "licences", "MIT.txt"), "utf8");
  return `MIT License\n\nCopyright (c) ${holder}\n\n${terms}`;
}
