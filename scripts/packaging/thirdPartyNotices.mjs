import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { readBundledPackages } from "./bundledPackages.mjs";

/** @typedef {{ title: string, text: string }} Notice */

/** In the package's root folder. */
export const noticesFile = "THIRD-PARTY-NOTICES.txt";

const licenceFile = /^(licen[cs]e|copying|notice|unlicense|third.?party)/i;
/** Code compiled into a prebuilt binary whose npm package does not include the licence. */
const insideBinaries = [
  { title: "llama.cpp and ggml (inside @node-llama-cpp)", file: "llama.cpp.txt" },
  { title: "JSON for Modern C++ (inside @node-llama-cpp)", file: "nlohmann-json.txt" },
  { title: "SQLite (inside @photostructure/sqlite)", file: "sqlite.txt" },
];
const ruler = "=".repeat(80);

/**
 * Returns the licences of all third-party code in a package: each npm package that it contains or that was bundled into
 * the app's own files, Node, and what their binaries contain. Electron's and Chromium's licences are separate files.
 * Throws if a package's licence cannot be found, because such a package must not be distributed.
 * @param {string} unpacked the packaged `app.asar.unpacked`
 */
export async function thirdPartyNotices(unpacked) {
  const shipped = await Promise.all(
    (await packageFolders(unpacked, "node_modules")).map((folder) => manifestIn(join(unpacked, folder))),
  );
  const node = await manifestIn(join(root, "node_modules", `node-${process.platform}-${process.arch}`));
  const names = new Set([...(await readBundledPackages(join(root, "out"))), ...shipped, node].map(identity));

  // electron-builder rearranges packages and drops Markdown files, so licences are read from npm's folders.
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
  const head = [
    "R1 Workbench contains software of other people, under the licences below.",
    "Electron's own is in LICENSE.electron.txt, those of Chromium's parts are in LICENSES.chromium.html.",
  ];
  return `${[...head, ...notices.map(asText)].join("\n")}\n`;
}

/** @param {Notice} notice */
function asText({ title, text }) {
  return `\n${ruler}\n${title}\n${ruler}\n\n${text.trim()}`;
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

/**
 * @typedef {{ name: string, version: string, license?: string, author?: string | { name?: string } }} Manifest
 */

/** @param {{ name: string, version: string }} manifest */
function identity({ name, version }) {
  return `${name} ${version}`;
}

/**
 * @param {string} folder
 * @returns {Promise<Manifest>}
 */
async function manifestIn(folder) {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
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
 * @param {Manifest} manifest
 */
async function standardText({ name, version, license, author }) {
  if (license !== "MIT") throw new Error(`The licence of ${name} ${version} was not found.`);
  const holder = (typeof author === "string" ? author : author?.name) ?? `the authors of ${name}`;
  const terms = await readFile(join(root, "scripts", "packaging", "licences", "MIT.txt"), "utf8");
  return `MIT License\n\nCopyright (c) ${holder}\n\n${terms}`;
}
