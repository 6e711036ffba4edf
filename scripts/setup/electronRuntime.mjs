import { ensurePinnedElectron } from "./electronDownload.mjs";
import { ensureFallbackRuntime, fallbackIsPossible, fallbackVersion } from "./fallbackRuntime.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * @typedef {{ path: string, version: string, isFallback: boolean }} ElectronRuntime
 */

/**
 * Resolves with the Electron to run the app on: the pinned one, or the fallback if it cannot be downloaded.
 * Throws a SetupProblem if neither is available.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectronRuntime() {
  const pinned = await ensurePinnedElectron();
  if (pinned.path !== null) return { path: pinned.path, version: pinned.version, isFallback: false };
  if (!fallbackIsPossible) {
    throw new SetupProblem(
      `Electron ${pinned.version} is not installed: ${pinned.reason}. ` +
        "Set HTTPS_PROXY or ELECTRON_MIRROR if this network needs it, then run the same command again.",
    );
  }
  const path = await ensureFallbackRuntime();
  say(
    `Using the fallback runtime Electron ${fallbackVersion}, for development and tests only (Linux x64), ` +
      `because Electron ${pinned.version} is not installed: ${pinned.reason}.`,
  );
  return { path, version: fallbackVersion, isFallback: true };
}
