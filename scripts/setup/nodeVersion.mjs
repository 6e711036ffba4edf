import { SetupProblem } from "./SetupProblem.mjs";

/** The oldest Node version that this repository's tools support. */
const oldest = { major: 20, minor: 19 };

/**
 * @param {string} version such as "20.19.3"
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

export function requireNodeVersion() {
  const version = process.versions.node;
  if (isNodeNewEnough(version)) return;
  throw new SetupProblem(
    `Node ${oldest.major}.${oldest.minor} or newer is needed; this is ${version}. ` +
      "Install a current one from https://nodejs.org or with your package manager, then run the same command again.",
  );
}
