/**
 * @typedef {{ name: string, passed: number, failed: number, skipped: number }} SuiteResult
 */

/**
 * Returns the result of a suite that is a single check.
 * @param {string} name
 * @param {boolean} passed
 * @returns {SuiteResult}
 */
export function oneCheck(name, passed) {
  return { name, passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * Corrects a runner's counts: a runner that failed without a failed test, and a suite in which no test ran, count as
 * one failure.
 * @param {SuiteResult} counted
 * @param {number} exitCode the runner's exit code
 * @returns {SuiteResult}
 */
export function honest(counted, exitCode) {
  const ranNothing = counted.passed + counted.failed === 0;
  const endedBadly = exitCode !== 0 && counted.failed === 0;
  return ranNothing || endedBadly ? { ...counted, failed: counted.failed + 1 } : counted;
}

/**
 * Returns the counts in vitest's JSON report. A file that could not be loaded counts as one failure.
 * @param {string} name
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {SuiteResult}
 */
export function fromVitest(name, report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    name,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * Returns the counts in Playwright's JSON report. A flaky test counts as failed.
 * @param {string} name
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 * @returns {SuiteResult}
 */
export function fromPlaywright(name, { stats, errors }) {
  const failed = stats.unexpected + stats.flaky;
  return { name, passed: stats.expected, failed: failed + errors.length, skipped: stats.skipped };
}

/**
 * Returns the last line of `npm test`.
 * @param {SuiteResult[]} results
 */
export function summaryLine(results) {
  const { passed, failed, skipped } = total(results);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * @param {SuiteResult[]} results
 * @returns {SuiteResult}
 */
export function total(results) {
  const sum = { name: "all", passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of results) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
