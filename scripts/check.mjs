// `npm run check`: types, lint, import rules and format. Run it before each commit.
import { summaryLine, total } from "./checks/suiteResult.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { runScript } from "./setup/runScript.mjs";

await runScript(async () => {
  requireNodeVersion();
  await ensureDependencies();
  const { runStaticChecks } = await import("./checks/staticChecks.mjs");
  const results = await runStaticChecks();
  console.log(summaryLine(results));
  return total(results).failed === 0 ? 0 : 1;
});
