import { readdirSync } from "node:fs";
import { join } from "node:path";
import { command, tail } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { findForbiddenImports } from "./importRules.mjs";
import { oneCheck } from "./suiteResult.mjs";

const tool = (/** @type {string} */ path) => join(root, "node_modules", path);

/** Every folder with a tsconfig of its own. */
function typedFolders() {
  const rooms = readdirSync(join(root, "electron"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join("electron", entry.name));
  return [...rooms, "renderer", "tests", "scripts"].filter((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).some((entry) => entry.name === "tsconfig.json"),
  );
}

/**
 * Types, lint, import rules and format: all of them run, each counts as one check, and what they found is printed.
 * @returns {Promise<import("./suiteResult.mjs").SuiteResult[]>}
 */
export async function runStaticChecks() {
  return [await checkTypes(), await checkLint(), await checkImports(), await checkFormat()];
}

async function checkTypes() {
  const problems = [];
  for (const folder of typedFolders()) {
    const result = await run("typescript/bin/tsc", ["--pretty", "false", "-p", folder]);
    if (result.code !== 0) problems.push(tail(result, 40));
  }
  return report("types", problems);
}

async function checkLint() {
  const paths = ["electron", "renderer", "tests", "scripts"];
  const result = await run("oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", ...paths]);
  return report("lint", result.code === 0 ? [] : [tail(result, 200)]);
}

async function checkImports() {
  return report("import rules", await findForbiddenImports(root));
}

async function checkFormat() {
  const result = await run("@biomejs/biome/bin/biome", ["format", "--max-diagnostics=50", "."]);
  return report("format", result.code === 0 ? [] : [tail(result, 200)]);
}

/**
 * @param {string} script a package's own entry, under node_modules
 * @param {string[]} args
 */
function run(script, args) {
  return command(process.execPath, [tool(script), ...args], { cwd: root });
}

/**
 * @param {string} name
 * @param {string[]} problems
 */
function report(name, problems) {
  console.log(problems.length === 0 ? `✓ ${name}` : `✗ ${name}\n${problems.join("\n")}`);
  return oneCheck(name, problems.length === 0);
}
