// `node scripts/release/checkVersion.mjs v1.2.3`: a release's tag, package.json, the lockfile and the newest heading of
// CHANGELOG.md must name the same version. Without a tag, only the others are compared.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../setup/paths.mjs";
import { runScript } from "../setup/runScript.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { changelogEntries } from "./changelog.mjs";

/**
 * Returns what is wrong, one sentence for each.
 * @param {{ tag: string | null, manifest: string, lockfile: string, changelog: string }} texts
 */
export function versionProblems({ tag, manifest, lockfile, changelog }) {
  const { version } = JSON.parse(manifest);
  const problems = [];
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`package.json has the version ${version}, not three numbers.`);
  if (tag !== null && tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json says ${version}.`);
  const locked = JSON.parse(lockfile).version;
  if (locked !== version) problems.push(`package-lock.json says ${locked}, but package.json says ${version}.`);
  const [newest] = changelogEntries(changelog);
  if (newest === undefined || newest.version !== version) {
    problems.push(`The newest heading of CHANGELOG.md is for ${newest?.version ?? "no version"}, not for ${version}.`);
  } else if (newest.notes === "") {
    problems.push(`CHANGELOG.md says nothing about ${version}.`);
  }
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    const [manifest, lockfile, changelog] = await Promise.all(
      ["package.json", "package-lock.json", "CHANGELOG.md"].map((name) => readFile(join(root, name), "utf8")),
    );
    const problems = versionProblems({
      tag: process.argv[2] ?? null,
      manifest: manifest ?? "",
      lockfile: lockfile ?? "",
      changelog: changelog ?? "",
    });
    if (problems.length > 0) throw new SetupProblem(problems.join("\n"));
    console.log(`The version is ${JSON.parse(manifest ?? "").version}.`);
    return 0;
  });
}
