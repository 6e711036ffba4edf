import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bundledNode } from "./bundledNode.mjs";
import { command, tail } from "./command.mjs";
import { manifestIn } from "./manifestIn.mjs";
import { oneAtATime } from "./oneAtATime.mjs";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";

/**
 * Resolves with the pinned Electron's binary, which Electron's own installer downloads if necessary. The installer
 * respects ELECTRON_MIRROR and the proxy variables.
 * @returns {Promise<{ path: string, version: string } | { path: null, version: string, reason: string }>}
 */
export async function ensurePinnedElectron() {
  const folder = dirname(createRequire(join(root, "package.json")).resolve("electron/package.json"));
  const { version } = await manifestIn(folder);
  const there = await installedBinary(folder);
  if (there !== null) return { path: there, version };
  return oneAtATime(folder, async () => {
    const reason = (await installedBinary(folder)) === null ? await download(folder, version) : null;
    const path = await installedBinary(folder);
    return path === null
      ? { path, version, reason: reason ?? "its download left no binary behind" }
      : { path, version };
  });
}

/** @param {string} folder */
async function installedBinary(folder) {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, "dist");
  try {
    // The installer writes path.txt last.
    const name = process.env.ELECTRON_OVERRIDE_DIST_PATH
      ? binaryName()
      : await readFile(join(folder, "path.txt"), "utf8");
    const path = join(dist, name);
    return (await stat(path)).isFile() ? path : null;
  } catch {
    return null;
  }
}

function binaryName() {
  if (process.platform === "darwin") return join("Electron.app", "Contents", "MacOS", "Electron");
  return process.platform === "win32" ? "electron.exe" : "electron";
}

/**
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<string | null>} why it failed, in a few words; null if it succeeded
 */
async function download(folder, version) {
  say(`Fetching Electron ${version} (about 120 MB, once) …`);
  // The installer requires Node 22.12. Without a connection, it gives up after ten seconds.
  const result = await command(bundledNode(), [join(folder, "install.js")], { cwd: folder });
  if (result.code === 0) return null;
  const cause = /^\s*\w*Error: (.*)$/m.exec(result.stderr)?.[1] ?? tail(result, 1);
  return `its download failed (${cause.slice(0, 200)})`;
}
