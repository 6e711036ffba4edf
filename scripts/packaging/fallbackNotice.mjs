import { SetupProblem } from "../setup/SetupProblem.mjs";

/**
 * Returns what a person has to know about a package with this Electron, or null. Throws a SetupProblem if it would be
 * distributed, but has the fallback runtime, which is old.
 * @param {{ isFallback: boolean }} runtime
 * @param {{ all: boolean, signed: boolean }} options
 * @returns {string | null}
 */
export function fallbackNotice({ isFallback }, { all, signed }) {
  if (!isFallback) return null;
  if (all || signed) {
    throw new SetupProblem(
      "The pinned Electron is not installed. Packages for distribution are not built with the fallback runtime.",
    );
  }
  return "This package contains the fallback runtime. It is for testing only and must not be distributed.";
}
