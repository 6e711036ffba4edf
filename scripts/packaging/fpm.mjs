#!/usr/bin/env node
// Stands in for fpm where that cannot be had: builds a .deb with dpkg-deb from the arguments that electron-builder
// passes to fpm. Only `npm run package` without --all uses it; releases are built with fpm.
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { command, tail } from "../setup/command.mjs";

const text = /** @type {const} */ ({ type: "string" });
const texts = /** @type {const} */ ({ type: "string", multiple: true });
/** An option that is not here ends the build, so that nothing is lost silently. */
const options = {
  s: { type: /** @type {const} */ ("string"), short: "s" },
  t: { type: /** @type {const} */ ("string"), short: "t" },
  d: { ...texts, short: "d" },
  force: { type: /** @type {const} */ ("boolean") },
  "deb-recommends": texts,
  "deb-compression": text,
  "deb-priority": text,
  architecture: text,
  "after-install": text,
  "after-remove": text,
  description: text,
  version: text,
  package: text,
  name: text,
  maintainer: text,
  vendor: text,
  url: text,
  category: text,
  license: text,
};

/**
 * Builds the package that fpm's arguments describe.
 * @param {string[]} args
 */
export async function buildDeb(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.s !== "dir" || values.t !== "deb") throw new Error("Only a .deb can be built here, from folders.");
  const work = await mkdtemp(join(tmpdir(), "r1-deb-"));
  try {
    // mkdtemp's folders are readable by their owner only, and this one becomes the package's root.
    await chmod(work, 0o755);
    for (const mapping of positionals) await copyInto(work, mapping);
    const sizeKiB = (await command("du", ["-sk", "--apparent-size", work])).stdout.split("\t")[0] ?? "0";
    await mkdir(join(work, "DEBIAN"));
    await writeFile(join(work, "DEBIAN", "control"), controlFile(values, sizeKiB));
    await copyScript(values["after-install"], join(work, "DEBIAN", "postinst"));
    await copyScript(values["after-remove"], join(work, "DEBIAN", "postrm"));
    const level = process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL;
    // fpm has its own name for one of them.
    const method = (values["deb-compression"] ?? "xz").replace(/^gz$/, "gzip");
    const compression = [`-Z${method}`, ...(level === undefined ? [] : [`-z${level}`])];
    const built = await command("dpkg-deb", [
      "--root-owner-group",
      ...compression,
      "--build",
      work,
      values.package ?? "",
    ]);
    if (built.code !== 0) throw new Error(`dpkg-deb failed:\n${tail(built)}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Returns the package's fields, as fpm writes them.
 * @param {Record<string, string | string[] | boolean | undefined>} values
 * @param {string} sizeKiB
 */
export function controlFile(values, sizeKiB) {
  const [synopsis = "", ...paragraphs] = String(values["description"] ?? "").split("\n");
  const list = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.join(", ") : undefined);
  const fields = {
    Package: values["name"],
    Version: values["version"],
    License: values["license"],
    Vendor: values["vendor"],
    Architecture: values["architecture"],
    Maintainer: values["maintainer"],
    "Installed-Size": sizeKiB,
    Depends: list(values["d"]),
    Recommends: list(values["deb-recommends"]),
    Section: values["category"],
    Priority: values["deb-priority"],
    Homepage: values["url"],
    Description: [synopsis, ...paragraphs.map((line) => ` ${line.trim() || "."}`)].join("\n"),
  };
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return `${known.map(([name, value]) => `${name}: ${String(value)}`).join("\n")}\n`;
}

/**
 * @param {string} work
 * @param {string} mapping such as "/from/file=/usr/share/file"; a source that ends in "/" is a folder whose content goes in
 */
async function copyInto(work, mapping) {
  const at = mapping.lastIndexOf("=");
  const [from, to] = [mapping.slice(0, at), join(work, mapping.slice(at + 1))];
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  // electron-builder writes the desktop entry and the like as files for their owner only.
  if ((await stat(from)).isFile()) await chmod(to, 0o644);
}

/**
 * @param {string | undefined} from
 * @param {string} to
 */
async function copyScript(from, to) {
  if (from === undefined) return;
  await writeFile(to, await readFile(from));
  await chmod(to, 0o755);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await buildDeb(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
