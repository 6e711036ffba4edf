import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { manifestIn } from "../setup/manifestIn.mjs";
import { root } from "../setup/paths.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";

/** @typedef {{ version: string, date: string, notes: string }} ChangelogEntry */

const heading = /^## (\d+\.\d+\.\d+) — (\d{4}-\d{2}-\d{2})$/gm;

/**
 * Returns the versions in CHANGELOG.md, newest first.
 * @param {string} text
 * @returns {ChangelogEntry[]}
 */
export function changelogEntries(text) {
  const found = [...text.matchAll(heading)];
  return found.map(({ 0: line, 1: version = "", 2: date = "", index }, at) => ({
    version,
    date,
    notes: text.slice(index + line.length, found[at + 1]?.index).trim(),
  }));
}

/**
 * Resolves with what CHANGELOG.md says about the version in package.json. Throws a SetupProblem if it says nothing.
 * @returns {Promise<ChangelogEntry>}
 */
export async function thisVersion() {
  const { version } = await manifestIn(root);
  const entries = changelogEntries(await readFile(join(root, "CHANGELOG.md"), "utf8"));
  const entry = entries.find((each) => each.version === version);
  if (entry === undefined) throw new SetupProblem(`CHANGELOG.md has no heading for ${version}.`);
  return entry;
}
