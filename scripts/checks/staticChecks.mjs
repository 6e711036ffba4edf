import { readdirSync } from "node:fs";
import { join } from "node:path";
import { command, tail } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { oneCheck } from "./suiteResult.mjs";

/** Returns every folder that has its own tsconfig. */
function typedFolders() {
  const rooms = readdirSync(join(root, "electron"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join("electron", entry.name));
  return [...rooms, "renderer", "tests", "scripts"].filter((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).some((entry) => entry.name === "tsconfig.json"),
  );
}

/**
 * Checks types, lint (with the import rules) and format in parallel. Each counts as one check, and its findings are
 * printed.
 * @returns {Promise<import("./suiteResult.mjs").SuiteResult[]>}
 */
export async function runStaticChecks() {
  const checked = ["electron", "renderer", "tests", "scripts"];
  return Promise.all([
    // Two folders at a time, each with one thread: that takes half the CPU time of the compiler's defaults.
    check("types", "typescript/bin/tsc", [
      "-b",
      "--pretty",
      "false",
      "--builders",
      "2",
      "--checkers",
      "1",
      ...typedFolders(),
    ]),
    check("lint", "oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", ...checked]),
    check("format", "@biomejs/biome/bin/biome", ["format", "--max-diagnostics=50", "."]),
  ]);
}

/**
 * @param {string} name
 * @param {string} script the package's entry point, under node_modules
 * @param {string[]} args
 */
async function check(name, script, args) {
  const result = await command(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
  const passed = result.code === 0;
  console.log(passed ? `✓ ${name}` : `✗ ${name}\n${tail(result, 200)}`);
  return oneCheck(name, passed);
}
