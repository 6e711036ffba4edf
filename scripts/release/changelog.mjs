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
