// Writes resources/components.json: what the app may fetch after its installation, with the size and hash of every file.
// Run it after raising node-llama-cpp: `node scripts/components/describeComponents.mjs [FOLDER]`. FOLDER has the archives
// already; without it npm fetches them, 630 MB. An archive that the lockfile does not know is refused.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { list } from "tar";
import { componentPackages } from "./componentPackages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** @type {{ packages: Record<string, { version: string, integrity: string }> }} */
const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));

/**
 * @param {string} name of the package
 * @param {string} folder
 */
async function describe(name, folder) {
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`${name} is not in package-lock.json.`);
  const { version, integrity } = locked;
  const archive = join(folder, `${name.slice(1).replace("/", "-")}-${version}.tgz`);
  const bytes = await readFile(archive);
  const found = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  if (found !== integrity) throw new Error(`${archive} has ${found}, and the lockfile says ${integrity}.`);
  /** @type {{ path: string, sizeBytes: number, sha256: string }[]} */
  const files = [];
  await list({
    file: archive,
    strict: true,
    onReadEntry(entry) {
      const hash = createHash("sha256");
      entry.on("data", (chunk) => void hash.update(chunk));
      entry.on("end", () => {
        // npm puts everything below a folder of this name.
        const path = entry.path.replace(/^package\//, "");
        files.push({ path, sizeBytes: entry.size, sha256: hash.digest("hex") });
      });
    },
  });
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return {
    package: name,
    version,
    integrity,
    file: `${name.split("/")[1]}-${version}.tgz`,
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    files,
  };
}

const [given] = process.argv.slice(2);
const folder = given ?? (await mkdtemp(join(tmpdir(), "r1-components-")));
try {
  /** @type {Record<string, Record<string, unknown[]>>} */
  const described = {};
  for (const [component, systems] of Object.entries(componentPackages)) {
    described[component] = {};
    for (const [system, names] of Object.entries(systems)) {
      const wanted = names.map((name) => `${name}@${lock.packages[`node_modules/${name}`]?.version}`);
      if (given === undefined) execFileSync("npm", ["pack", ...wanted], { cwd: folder, stdio: "inherit" });
      const pieces = [];
      for (const name of names) pieces.push(await describe(name, folder));
      described[component][system] = pieces;
    }
  }
  await writeFile(join(root, "resources", "components.json"), `${JSON.stringify(described, null, 2)}\n`);
} finally {
  if (given === undefined) await rm(folder, { recursive: true, force: true });
}
