import { readdirSync } from "node:fs";
import { join } from "node:path";
import { command, tail } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { oneCheck } from "./suiteResult.mjs";

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
 * Types, lint with the import rules, and format, side by side. Each counts as one check, and what they found is printed.
 * @returns {Promise<import("./suiteResult.mjs").SuiteResult[]>}
 */
export async function runStaticChecks() {
  const checked = ["electron", "renderer", "tests", "scripts"];
  return Promise.all([
    // Two folders at a time, each by one thread: half the processor time of its own choice.
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
 * @param {string} script a package's own entry, under node_modules
 * @param {string[]} args
 */
async function check(name, script, args) {
  const result = await command(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
  const passed = result.code === 0;
  console.log(passed ? `✓ ${name}` : `✗ ${name}\n${tail(result, 200)}`);
  return oneCheck(name, passed);
}
