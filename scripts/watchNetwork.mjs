// `npm run watch-network`: takes the app through a tour while everything that its processes contact is recorded, and
// prints the result. Exit code 0: only this machine was contacted; 1: anything else was, or recording failed.
// With --json, prints one JSON document on stdout instead.
import { judgeTour } from "./network/judgeTour.mjs";
import { recordTour } from "./network/recordTour.mjs";
import { tourTable } from "./network/tourTable.mjs";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { ensureElectronRuntime } from "./setup/electronRuntime.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { runScript } from "./setup/runScript.mjs";
import { sandboxArguments } from "./setup/sandbox.mjs";
import { SetupProblem } from "./setup/SetupProblem.mjs";
import { ensureSystemPackages } from "./setup/systemPackages.mjs";
import { displayPrograms } from "./setup/virtualDisplay.mjs";

await runScript(async () => {
  requireNodeVersion();
  if (process.platform !== "linux") throw new SetupProblem("Watching the network works on Linux only: it uses strace.");
  await ensureDependencies();
  await ensureBuilt();
  const runtime = await ensureElectronRuntime();
  const programs = [...displayPrograms, "strace", "ip"];
  await ensureSystemPackages("watch what the app contacts", { electron: runtime.path, programs });
  const record = await recordTour(runtime, await sandboxArguments(runtime.path));
  const verdict = judgeTour(record);
  console.log(process.argv.includes("--json") ? JSON.stringify(verdict, null, 2) : tourTable(verdict));
  return verdict.isQuiet && verdict.seesAll ? 0 : 1;
});
