// `node scripts/release/sbom.mjs FILE`: writes a CycloneDX list of the software in the packages. npm makes it from the
// lockfile; what does not ship is left out, and what is inside prebuilt binaries is added.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readBundledPackages } from "../packaging/bundledPackages.mjs";
import { ensureBuilt } from "../setup/built.mjs";
import { npm, tail } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { runScript } from "../setup/runScript.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";

/**
 * @typedef {{ "bom-ref": string, name: string, version: string, type?: string, scope?: string, purl?: string,
 *   properties?: { name: string, value: string }[], [field: string]: unknown }} Component
 * @typedef {{ components: Component[], dependencies: { ref: string, dependsOn?: string[] }[],
 *   metadata: { component: Component }, [field: string]: unknown }} Bom
 */

/** Installed with node-llama-cpp and left out of the packages (electron-builder.yml): tools, CUDA, other processors. */
const leftOut =
  /^(cmake-js|node-api-headers|node-addon-api|typescript|@typescript\/.*|@node-llama-cpp\/.*(cuda|armv7l|riscv64).*)$/;
const isDevelopment = (/** @type {Component} */ { properties = [] }) =>
  properties.some(({ name }) => name === "cdx:npm:package:development");

/**
 * Returns the list without what does not ship.
 * @param {Bom} bom npm's
 * @param {ReadonlySet<string>} bundled names with versions, as "react@19.3.1", of what is in the app's own files
 * @param {Component[]} inside what prebuilt binaries contain
 * @returns {Bom}
 */
export function shippedOnly(bom, bundled, inside) {
  const ships = (/** @type {Component} */ component) => {
    const { name, version } = component;
    if (name === "electron" || bundled.has(`${name}@${version}`)) return true;
    return !isDevelopment(component) && !leftOut.test(name);
  };
  const components = bom.components.filter(ships).map(({ properties, ...component }) => ({
    ...component,
    scope: component.name.startsWith("@node-llama-cpp/") ? "optional" : "required",
    properties: (properties ?? []).filter(({ name }) => name !== "cdx:npm:package:development"),
  }));
  const refs = new Set([bom.metadata.component["bom-ref"], ...components.map((component) => component["bom-ref"])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return {
    ...bom,
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name: "r1-workbench" } },
    components: [...components, ...inside],
    dependencies: [...dependencies, ...inside.map((component) => ({ ref: component["bom-ref"], dependsOn: [] }))],
  };
}

async function insideBinaries() {
  const release = join(root, "node_modules", "node-llama-cpp", "llama", "binariesGithubRelease.json");
  const llama = JSON.parse(await readFile(release, "utf8")).release;
  const header = join(root, "node_modules", "@photostructure", "sqlite", "src", "upstream", "sqlite3.h");
  const sqlite = /^#define SQLITE_VERSION\s+"([\d.]+)"/m.exec(await readFile(header, "utf8"))?.[1];
  const ciphersHeader = join(root, "node_modules", "better-sqlite3-multiple-ciphers", "deps", "sqlite3", "sqlite3.h");
  const ciphers = /"SQLite3 Multiple Ciphers ([\d.]+)"/.exec(await readFile(ciphersHeader, "utf8"))?.[1];
  if (sqlite === undefined || ciphers === undefined) throw new SetupProblem("The version of SQLite was not found.");
  return [
    part("llama.cpp", llama, `pkg:github/ggml-org/llama.cpp@${llama}`, "MIT"),
    part("sqlite", sqlite, `pkg:generic/sqlite@${sqlite}`, "blessing"),
    part("sqlite3mc", ciphers, `pkg:github/utelle/SQLite3MultipleCiphers@${ciphers}`, "MIT"),
  ];
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string} purl
 * @param {string} licence
 * @returns {Component}
 */
function part(name, version, purl, licence) {
  const identity = { "bom-ref": `${name}@${version}`, type: "library", name, version, scope: "required", purl };
  return { ...identity, licenses: [{ license: { id: licence } }] };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    const [file] = process.argv.slice(2);
    if (file === undefined) throw new SetupProblem("Usage: node scripts/release/sbom.mjs FILE");
    await ensureBuilt();
    const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"];
    const result = await npm(args, { cwd: root });
    if (result.code !== 0) throw new SetupProblem(`npm could not list the packages:\n${tail(result, 20)}`);
    const bundled = await readBundledPackages(join(root, "out"));
    const names = new Set(bundled.map(({ name, version }) => `${name}@${version}`));
    const bom = shippedOnly(JSON.parse(result.stdout), names, await insideBinaries());
    const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`));
    const missing = [...names].filter((name) => !listed.has(name));
    if (missing.length > 0) throw new SetupProblem(`The list lacks what the app contains: ${missing.join(", ")}.`);
    await writeFile(file, `${JSON.stringify(bom, null, 2)}\n`);
    console.log(`Listed ${bom.components.length} components.`);
    return 0;
  });
}
