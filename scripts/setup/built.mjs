import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { componentsPlace } from "../components/componentsPlace.mjs";
import { updateSource } from "../packaging/updateSource.mjs";
import { command, tail } from "./command.mjs";
import { oneAtATime } from "./oneAtATime.mjs";
import { root } from "./paths.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/** Everything that the build reads. */
const sources = [
  "electron",
  "renderer",
  "resources/components.json",
  "scripts/build.mjs",
  "scripts/components",
  "scripts/packaging",
  "vite.config.ts",
  "package.json",
  "package-lock.json",
];
const stampFile = join(root, "out", ".stamp");

/**
 * Returns a value that changes whenever the name, size or modification time of a source changes, or where the app is to
 * look for updates and components.
 * @param {string} folder the repository's folder
 */
export function sourcesStamp(folder) {
  const hash = createHash("sha256");
  hash.update(`${JSON.stringify([updateSource(), componentsPlace()])}\n`);
  for (const source of sources) addToHash(hash, join(folder, source), source);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 * @param {string} name
 */
function addToHash(hash, path, name) {
  const facts = statSync(path);
  if (!facts.isDirectory()) {
    hash.update(`${name}\0${facts.size}\0${facts.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(path).sort()) addToHash(hash, join(path, entry), `${name}/${entry}`);
}

/** Builds the app into out/, unless nothing has changed since the last build. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await oneAtATime(`${root}/out`, async () => {
    if (isBuilt()) return;
    say("Building the app …");
    const stamp = sourcesStamp(root);
    // In a separate process, because the bundler changes NODE_ENV and other globals.
    const result = await command(process.execPath, [join(root, "scripts", "build.mjs")], { cwd: root });
    if (result.code !== 0) throw new SetupProblem(`The build failed:\n${tail(result, 30)}`);
    await writeFile(stampFile, stamp);
  });
}

function isBuilt() {
  try {
    return readFileSync(stampFile, "utf8") === sourcesStamp(root);
  } catch {
    return false;
  }
}
