import { lookup } from "node:dns/promises";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { command, tail } from "./command.mjs";
import { oneAtATime } from "./oneAtATime.mjs";
import { cacheFolder, root } from "./paths.mjs";
import { say } from "./say.mjs";

/** After a failed download, how long the next starts do not try again. */
const quietMs = 12 * 60 * 60 * 1000;
const connectLimitMs = 5_000;
const downloadLimitMs = 5 * 60 * 1000;

const failureFile = join(cacheFolder(), "electron-download-failed.json");

/**
 * The pinned Electron's own binary: the installed one, else downloaded now by Electron's own installer, which
 * honours ELECTRON_MIRROR and the proxy variables.
 * @returns {Promise<{ path: string, version: string } | { path: null, version: string, reason: string }>}
 */
export async function ensurePinnedElectron() {
  const folder = dirname(createRequire(join(root, "package.json")).resolve("electron/package.json"));
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const there = await installedBinary(folder);
  if (there !== null) return { path: there, version };

  const earlier = await recentFailure(version, process.env);
  if (earlier !== null) return { path: null, version, reason: `${earlier} (tried within the last 12 hours)` };
  return oneAtATime(folder, async () => {
    const reason = (await installedBinary(folder)) === null ? await download(folder, version) : null;
    const path = await installedBinary(folder);
    if (path !== null) return { path, version };
    const failure = reason ?? "its download left no binary behind";
    await rememberFailure(version, process.env, failure);
    return { path: null, version, reason: failure };
  });
}

/** @param {string} folder */
async function installedBinary(folder) {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, "dist");
  try {
    const path = join(dist, process.env.ELECTRON_OVERRIDE_DIST_PATH ? binaryName() : await pathFile(folder));
    return (await stat(path)).isFile() ? path : null;
  } catch {
    return null;
  }
}

/** @param {string} folder */
const pathFile = (folder) => readFile(join(folder, "path.txt"), "utf8");

function binaryName() {
  if (process.platform === "darwin") return join("Electron.app", "Contents", "MacOS", "Electron");
  return process.platform === "win32" ? "electron.exe" : "electron";
}

/**
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<string | null>} why it failed, in a few words
 */
async function download(folder, version) {
  const { host, port } = downloadHost(process.env);
  if (!usesProxy(process.env)) {
    const unreachable = await whyUnreachable(host, port);
    if (unreachable !== null) return unreachable;
  }
  say(`Fetching Electron ${version} from ${host} (about 120 MB, once) …`);
  const result = await command(process.execPath, [join(folder, "install.js")], {
    cwd: folder,
    timeoutMs: downloadLimitMs,
  });
  if (result.code === 0) return null;
  if (result.timedOut) return `its download from ${host} took longer than five minutes`;
  const cause = /^\s*\w*Error: (.*)$/m.exec(result.stderr)?.[1] ?? tail(result, 1);
  return `its download from ${host} failed (${cause.slice(0, 200)})`;
}

/**
 * Where Electron's installer downloads from.
 * @param {NodeJS.ProcessEnv} environment
 */
export function downloadHost(environment) {
  const mirror =
    environment.ELECTRON_MIRROR || environment.npm_config_electron_mirror || environment.NPM_CONFIG_ELECTRON_MIRROR;
  const url = new URL(mirror && URL.canParse(mirror) ? mirror : "https://github.com/electron/electron/releases/");
  return { host: url.hostname, port: Number(url.port) || (url.protocol === "http:" ? 80 : 443) };
}

/** @param {NodeJS.ProcessEnv} environment */
function usesProxy(environment) {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "GLOBAL_AGENT_HTTPS_PROXY"].some(
    (name) => environment[name],
  );
}

/**
 * Asked before the installer runs, because it retries a dead host for a long time.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>}
 */
async function whyUnreachable(host, port) {
  const deadline = AbortSignal.timeout(connectLimitMs);
  const tooLate = new Promise((resolve) => deadline.addEventListener("abort", () => resolve("late")));
  const found = await Promise.race([lookup(host).catch(() => null), tooLate]);
  if (found === null || found === "late") return `${host} cannot be found from here`;
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectLimitMs });
    /** @param {string | null} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end(null));
    socket.once("timeout", () => end(`${host} does not answer`));
    socket.once("error", () => end(`${host} cannot be reached from here`));
  });
}

/**
 * A failure counts only for the same version and the same network settings.
 * @param {string} version
 * @param {NodeJS.ProcessEnv} environment
 */
function attempt(version, environment) {
  const { host, port } = downloadHost(environment);
  return `${version} ${host}:${port} ${usesProxy(environment) ? "proxy" : "direct"}`;
}

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string | null>}
 */
async function recentFailure(version, environment) {
  try {
    const failure = JSON.parse(await readFile(failureFile, "utf8"));
    const isRecent = Date.now() - failure.at < quietMs && failure.at <= Date.now();
    return isRecent && failure.attempt === attempt(version, environment) ? String(failure.reason) : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} version
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} reason
 */
async function rememberFailure(version, environment, reason) {
  await mkdir(dirname(failureFile), { recursive: true });
  await rm(failureFile, { force: true });
  await writeFile(failureFile, JSON.stringify({ at: Date.now(), attempt: attempt(version, environment), reason }));
}
