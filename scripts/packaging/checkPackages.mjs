import { failedSuite, summaryLine, total } from "../checks/suiteResult.mjs";
import { runEndToEnd } from "../checks/testSuites.mjs";

/**
 * Tries the packages in release/: the tests that are part of `npm test`, and those that install the deb, which take
 * minutes. Resolves with the exit code.
 */
export async function checkPackages() {
  process.env.R1_TEST_PACKAGES = "built";
  const results = [await runEndToEnd("packaged", []), await runEndToEnd("installed", [])];
  for (const result of results) {
    if (result.failed > 0) console.log(failedSuite(result));
  }
  console.log(summaryLine(results));
  return total(results).failed === 0 ? 0 : 1;
}
