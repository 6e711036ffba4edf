// `node scripts/release/notes.mjs`: prints what CHANGELOG.md says about this version, for the page of the release.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { changelogEntries } from "./changelog.mjs";

const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const entry = changelogEntries(await readFile(join(root, "CHANGELOG.md"), "utf8")).find(
  (each) => each.version === version,
);
console.log(entry?.notes ?? "");
