// `npm test`: runs every suite, whatever the outcome of the others, and prints what failed and one summary line at the end.
// For developers: `npm test -- --only unit|integration|e2e|packaged [PATH…]` runs one suite, or some of its files.
import { parseArgs } from "node:util";
import { failedSuite, summaryLine, total } from "./checks/suiteResult.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { runScript } from "./setup/runScript.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";

const suites = ["static", "unit", "integration", "e2e", "packaged"];

await runScript(async () => {
  const { only, paths } = parseArguments(process.argv.slice(2));
  const wants = (/** @type {string} */ suite) => only === null || only === suite;
  requireNodeVersion();
  await ensureDependencies();
  const { runStaticChecks } = await import("./checks/staticChecks.mjs");
  const { runVitest, runEndToEnd } = await import("./checks/testSuites.mjs");

  const results = [];
  // A broken build counts as a failure, and the unit tests still run.
  const building = attempt(ensureBuilt);
  if (wants("static")) results.push(...(await runStaticChecks()));
  const isBuilt = await building;
  if (wants("unit")) results.push(await runVitest("unit", paths));
  if (wants("integration")) results.push(await runVitest("integration", paths));
  if (wants("e2e")) results.push(await runEndToEnd("app", paths));
  if (wants("packaged")) results.push(await runEndToEnd("packaged", paths));
  if (!isBuilt) results.push({ name: "build", passed: 0, failed: 1, skipped: 0 });

  for (const result of results) {
    if (result.failed > 0) console.log(failedSuite(result));
  }
  console.log(summaryLine(results));
  return total(results).failed === 0 ? 0 : 1;
});

/** @param {() => Promise<void>} work */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.log(error.message);
    return false;
  }
}

/** @param {string[]} args */
function parseArguments(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { only: { type: "string" } },
    });
    const only = values.only ?? null;
    if (only !== null && !suites.includes(only)) throw new Error(`There is no suite "${only}".`);
    if (only === null && positionals.length > 0) throw new Error("Paths need --only and a suite.");
    return { only, paths: positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new SetupProblem(`${message}\nUsage: npm test [-- --only ${suites.join("|")} [PATH…]]`);
  }
}
